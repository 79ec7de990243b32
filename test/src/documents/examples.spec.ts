/** Every example of the documents, run exactly as it is printed: in a checkout, beside a server, in the order of the document. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { readConfig, startArena, type Arena } from '@arena/demo';
import { migrate, openDataSource } from '@arena/persistence';
import { freePort, startEmbeddedServer, type EmbeddedServer } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { compileAssemblyScript } from '@arena/wasm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ARENA, arena as run } from '../kit/terminal.ts';
import { ROOT, documents, readDocument, type Block } from './blocks.ts';

const TEMPLATES = 'agents/templates/';
/** Those whose name is a template's: its README is read in the folder that arena init makes. */
const templateOf = (document: string): string | null =>
  document.startsWith(TEMPLATES) ? dirname(document).slice(TEMPLATES.length) : null;
/** What a checkout holds that examples write into is copied; all else is linked. */
const COPIED = new Set(['agents']);
const LEFT_OUT = new Set(['.git', '.arena']);
const MINUTE = 60_000;

let folder: string;
let database: TestDatabase;
let server: Arena;
/** The arena of `npm start`, as far as a database is one. */
let local: EmbeddedServer;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-documents-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: join(folder, 'data') }, 'start');
  server = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  const demo = { name: 'Demo', description: '', gamesPerEvaluation: 1 };
  await server.client.putCompetition('demo', { ...demo, limits: { ...CHALLENGE_LIMITS, maxSteps: 50 } });
  // PostgreSQL's user must enter it.
  await chmod(folder, 0o755);
  local = await startEmbeddedServer({ directory: join(folder, 'local/postgres'), volatile: true });
  const dataSource = await openDataSource({ url: local.url, applicationName: 'test' });
  await migrate(dataSource);
  await dataSource.destroy();
  const programs = join(folder, 'bin');
  await mkdir(programs);
  await symlink(ARENA, join(programs, 'arena'));
  await symlink(process.execPath, join(programs, 'node'));
  environment = {
    // Debian's python3, for which the documents are written, not one that somebody has put before it
    PATH: [programs, join(ROOT, 'node_modules/.bin'), '/usr/bin', '/bin', process.env['PATH'] ?? ''].join(
      ':',
    ),
    HOME: folder,
    LANG: 'C.UTF-8',
    ARENA_DATA: join(folder, 'local'),
    ARENA_SERVER: server.url,
    ARENA_ADMIN_TOKEN: config.adminToken,
  };
}, 2 * MINUTE);

afterAll(async () => {
  await server.services.stop();
  await local.stop();
  await database.close();
  await rm(folder, { recursive: true });
}, MINUTE);

/** A checkout that examples may write into, with what they find in no other. */
async function checkout(name: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  for (const entry of await readdir(ROOT)) {
    if (LEFT_OUT.has(entry)) continue;
    if (COPIED.has(entry))
      await cp(join(ROOT, entry), join(place, entry), { recursive: true, verbatimSymlinks: true });
    else await symlink(join(ROOT, entry), join(place, entry));
  }
  await mkdir(join(place, '.arena'));
  await writeFile(join(place, '.arena/admin-token'), environment['ARENA_ADMIN_TOKEN'] ?? '');
  return place;
}

/** The folder of a new agent. */
async function fresh(template: string): Promise<string> {
  const { code, stderr } = await run(folder, 'init', '--template', template, `a-${template}`);
  if (code !== 0) throw new Error(stderr);
  const place = join(folder, `a-${template}`);
  // its compiler comes over the network, which no test has; the checkout has the same one
  if (template === 'wasm-assemblyscript') compileAssemblyScript(place);
  return place;
}

function shell(place: string, block: Block): Promise<string> {
  const where = `${block.document}:${block.line}`;
  return new Promise((resolve) => {
    const options = { cwd: place, env: environment, timeout: 3 * MINUTE };
    const child = execFile('sh', ['-e', '-c', block.text], options, (error, stdout, stderr) => {
      resolve(error === null ? 'ok' : `${where} failed: ${error.message}\n${stdout}\n${stderr}`);
    });
    child.stdin?.end();
  });
}

const withExamples = documents()
  .map((document) => [document, readDocument(document)] as const)
  .filter(([, blocks]) => blocks.some(({ use }) => use.kind === 'run'));

describe('the examples of', () => {
  it.each(withExamples)(
    '%s work as they are printed',
    async (document, blocks) => {
      const template = templateOf(document);
      const place = template === null ? await checkout(document.replaceAll('/', '-')) : await fresh(template);
      for (const block of blocks) {
        if (block.use.kind === 'file') {
          const path = join(place, block.use.path);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, block.text);
        }
        if (block.use.kind === 'run') expect(await shell(place, block)).toBe('ok');
      }
    },
    5 * MINUTE,
  );
});

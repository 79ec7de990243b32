/**
 * A root folder with what an image of docker/Dockerfile holds, made without a container engine: Debian's minimal system and the
 * packages that the stage installs, from this machine's own files, and Node where its image has it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOfStage, copies, environmentOfStage, packagesOfStage, root } from './dockerfile.ts';

/** The user `node` of Node's image. */
const NODE_UID = '1000';
/** Where Node's image has it. */
const NODE = '/usr/local/bin/node';
/** Debian's slim images leave out documentation. */
const LEFT_OUT = /^\/usr\/share\/(doc|man|info|locale|lintian)\//;

interface Package {
  essential: boolean;
  needs: string[];
}

/** The packages of this machine, by name and by what they provide. */
function installedPackages(): Map<string, Package & { name: string }> {
  const format = '${db:Status-Abbrev}\t${Package}\t${Essential}\t${Pre-Depends}, ${Depends}\t${Provides}\n';
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format], { encoding: 'utf8' });
  const names = (list: string): string[] =>
    list
      .split(',')
      .map(
        (item) =>
          (item.split('|')[0] ?? '')
            .replace(/[\s(:].*/, ' ')
            .trim()
            .split(' ')[0] ?? '',
      )
      .filter((name) => name !== '');
  const found = new Map<string, Package & { name: string }>();
  for (const line of stdout.split('\n').filter((one) => one.startsWith('ii'))) {
    const [, name = '', essential, depends = '', provides = ''] = line.split('\t');
    const entry = { name, essential: essential === 'yes', needs: names(depends.replace(/, +/g, ',')) };
    found.set(name, entry);
    for (const other of names(provides.replace(/, +/g, ','))) if (!found.has(other)) found.set(other, entry);
  }
  return found;
}

/** Names of the packages in a stage's image: the essential ones, those it installs, and all they need. */
export function packagesInImage(stage: string): Set<string> {
  const known = installedPackages();
  const essential = [...known.values()].filter((one) => one.essential).map(({ name }) => name);
  const found = new Set<string>();
  const add = (name: string): void => {
    const one = known.get(name);
    if (one === undefined || found.has(one.name)) return;
    found.add(one.name);
    one.needs.forEach(add);
  };
  // Node's image adds certificates and what the binary is linked with.
  for (const name of [...essential, 'libstdc++6', 'libatomic1', ...packagesOfStage(stage)]) add(name);
  return found;
}

/** Copies the packages' files into a new folder and returns it. */
export function makeImageRoot(stage: string, nodeBinary: string): string {
  const folder = mkdtempSync(join(tmpdir(), `arena-image-${stage}-`));
  const { stdout } = spawnSync('dpkg-query', ['-L', ...packagesInImage(stage)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const links = ['bin', 'sbin', 'lib', 'lib64'].filter((name) => existsSync(`/${name}`));
  const files = [...new Set(stdout.split('\n'))]
    .filter((path) => /^\/./.test(path) && !LEFT_OUT.test(path) && existsSync(path))
    .map((path) => path.slice(1))
    .filter((path) => !links.includes(path));
  // The links first and what they lead to, since /bin/bash is written through /bin.
  for (const name of links) mkdirSync(join(folder, 'usr', name), { recursive: true });
  const list = [...links, ...files].join('\n');
  const packed = ['-C', '/', '--no-recursion', '-cf', '-', '-T', '-'];
  const { stdout: tar } = spawnSync('tar', packed, { input: list, maxBuffer: 2 ** 30 });
  const unpacked = spawnSync('tar', ['-C', folder, '--no-same-owner', '-xf', '-'], { input: tar });
  if (unpacked.status !== 0) throw new Error(`no root for ${stage}: ${unpacked.stderr.toString()}`);
  for (const name of ['proc', 'dev', 'tmp', 'arena', 'etc', 'usr/local/bin'])
    mkdirSync(join(folder, name), { recursive: true });
  cpSync(nodeBinary, join(folder, NODE));
  return folder;
}

/**
 * The command line that runs a stage's program in such a root: as the image's user, with the environment and the files of the
 * Dockerfile and nothing else of this machine but its network.
 */
export function inImage(stage: string, folder: string, environment: Record<string, string>): string[] {
  const files = copies()
    .filter((copy) => copy.stage === stage)
    .flatMap(({ sources, target }) =>
      sources.flatMap((source) => {
        const name = source.replace(/^\/arena\//, '');
        const inside = target === './' ? join('/arena', name) : join('/arena', target);
        return ['--ro-bind', join(root, name), inside];
      }),
    );
  const variables = Object.entries({ ...environmentOfStage(stage), ...environment });
  return [
    '/usr/bin/bwrap',
    ...['--die-with-parent', '--unshare-user', '--uid', NODE_UID, '--gid', NODE_UID],
    // All of /proc, as systempaths=unconfined gives it: bwrap's own has parts covered, and no other may be mounted over it then.
    ...['--bind', folder, '/', '--bind', '/proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...files,
    ...['--chdir', '/arena', '--clearenv', '--setenv', 'PATH', '/usr/local/bin:/usr/bin:/bin'],
    ...variables.flatMap(([name, value]) => ['--setenv', name, value]),
    ...commandOfStage(stage),
  ];
}

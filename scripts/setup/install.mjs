// @ts-check
/** The project's own parts: npm's packages, the engine, the compiled code, the website. */
import { existsSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, say, step } from './report.mjs';
import { ending, node, root, run } from './run.mjs';
import { digest, filesUnder, isCurrent, setStamp } from './stamp.mjs';

const RUNNER = 'agents/node/dist/bundle/main.js';

export const isInstalled = () => existsSync(node);

/** `npm ci`, when the lock file or a manifest changed. */
export async function installDependencies() {
  const manifests = filesUnder(root).filter((path) => path.endsWith('package.json'));
  const value = digest([join(root, 'package-lock.json'), join(root, '.npmrc'), ...manifests]);
  if (isInstalled() && isCurrent('npm', value)) return;
  await step('npm ci: installing packages', async () => {
    // The project's .npmrc silences npm so that `--json` has standard output for itself; here its errors are wanted.
    const { code, told } = await run('npm', ['ci', '--loglevel=error', '--no-progress'], {
      env: { ...process.env, SCARF_ANALYTICS: 'false' },
    });
    if (code === 0 && isInstalled()) return;
    say(told);
    throw new SetupError(
      code === 0
        ? 'npm ci ended well but brought no Node 24.'
        : `npm ci ended with ${ending(code)}${told ? ' (its words are above)' : ''}.`,
      'Check that the npm registry is reached and run the command again; it goes on from here.',
    );
  });
  setStamp('npm', value);
}

/** Builds NetHack; its own build keeps stamps and prints its own progress. */
export async function buildEngine() {
  await buildPart('engine', ['build.ts']);
}

/** The engine compiled for this machine, for benchmarks. */
export async function buildTwin() {
  await buildPart('native twin', ['twin.ts']);
}

/** The same compiled for this machine, with the sanitizers' checks. */
export async function buildSanitizedTwin() {
  await buildPart('native twin', ['twin.ts', '--sanitize']);
}

/**
 * @param {string} name
 * @param {string[]} build the program in nle-wasm/build and its arguments
 */
async function buildPart(name, [program = '', ...args]) {
  const { code } = await run(node, [join(root, 'nle-wasm', 'build', program), ...args], { output: 'stderr' });
  if (code !== 0)
    throw new SetupError(
      code > 128
        ? `The ${name}'s build was ended by ${ending(code)}.`
        : `The ${name} was not built (the reason is above).`,
      'Mend that and run the command again; it goes on from there.',
    );
}

/** Output of sources that are gone would still be run as tests. */
function pruneOutputs() {
  for (const project of projects()) {
    const dist = join(project, 'dist');
    for (const output of filesUnder(dist)) {
      if (!/\.(js|js\.map|d\.ts)$/.test(output)) continue;
      const stem = output.slice(dist.length).replace(/(\.js|\.js\.map|\.d\.ts)$/, '');
      const sources = ['src', 'loader', '.'].flatMap((folder) =>
        ['.ts', '.tsx'].map((end) => join(project, folder, `${stem}${end}`)),
      );
      if (!sources.some((source) => existsSync(source))) rmSync(output);
    }
    removeEmptyFolders(dist);
  }
}

/** @param {string} folder */
function removeEmptyFolders(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** The folders of all workspaces. */
export function projects() {
  const groups = ['libs', 'apps', 'agents'].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, group, entry.name)),
  );
  return [...groups, ...['nle-wasm', 'migrations', 'test'].map((name) => join(root, name))];
}

/** TypeScript and the website, when a source changed. */
export async function compile() {
  const sources = ['apps', 'libs', 'agents', 'nle-wasm', 'migrations', 'test'].flatMap((folder) =>
    filesUnder(join(root, folder)),
  );
  const code = sources.filter(
    (path) => /\.(m?[jt]sx?|css|html|json|svg)$/.test(path) && !path.includes('/golden/'),
  );
  const value = digest([
    join(root, 'tsconfig.base.json'),
    join(root, 'tsconfig.json'),
    join(root, 'package-lock.json'),
    ...code,
  ]);
  const built =
    existsSync(join(root, 'apps', 'web', 'build', 'index.html')) &&
    existsSync(join(root, 'apps', 'demo', 'dist', 'main.js')) &&
    existsSync(join(root, RUNNER));
  if (built && isCurrent('build', value)) return;
  await step('compiling', async () => {
    pruneOutputs();
    await program(['node_modules/typescript/bin/tsc', '-b'], 'TypeScript');
    await bundleRunner();
  });
  await step('building the website', () =>
    program(['node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn'], 'Vite'),
  );
  setStamp('build', value);
}

/** One file of what runs a node agent in its sandbox; libs/sandbox says why. */
async function bundleRunner() {
  const options = ['--file', RUNNER, '--platform', 'node', '--format', 'esm', '--logLevel', 'warn'];
  await program(
    ['node_modules/rolldown/bin/cli.mjs', 'agents/node/dist/runner/main.js', ...options],
    'Rolldown',
  );
}

/**
 * @param {string[]} args
 * @param {string} name
 */
async function program(args, name) {
  const { code, told } = await run(node, args);
  if (code === 0) return;
  say(told);
  throw new SetupError(
    `${name} ended with ${ending(code)}${told ? ' (its words are above)' : ''}.`,
    'If the sources are untouched, this is a fault of the project: please report it.',
  );
}

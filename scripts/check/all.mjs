// @ts-check
/** `npm run check`: what must hold before a commit; `npm test` begins with the first four. */
import { join } from 'node:path';
import { say } from '../setup/report.mjs';
import { node, root, run, toolEnvironment } from '../setup/run.mjs';

/** Name and arguments of each check; types were checked by compiling. */
const STATIC = /** @type {const} */ ([
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ['lint', ['--max-old-space-size=4096', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  ['types of the scripts', ['node_modules/typescript/bin/tsc', '-p', 'scripts/tsconfig.json']],
  ["types of the engine's build", ['node_modules/typescript/bin/tsc', '-p', 'nle-wasm/build/tsconfig.json']],
  ['types of the test agents', ['node_modules/typescript/bin/tsc', '-p', 'test/agents/tsconfig.json']],
  ['types of the templates', ['node_modules/typescript/bin/tsc', '-p', 'agents/templates/tsconfig.json']],
  ['import boundaries', ['scripts/check/boundaries.mjs']],
]);

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function staticChecks() {
  let failed = 0;
  for (const [name, args] of STATIC) {
    const begin = Date.now();
    const { code } = await run(node, [...args], { output: 'stderr' });
    if (code !== 0) failed++;
    say(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  }
  return { passed: STATIC.length - failed, failed };
}

/**
 * Runs Jest on the compiled tests.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 */
export async function jest(args, extra = {}) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { code } = await run(node, [...flags, join(root, 'node_modules/jest/bin/jest.js'), ...args], {
    output: 'inherit',
    env: { ...toolEnvironment(), ...extra },
  });
  return code;
}

/** @param {string[]} args for Jest, e.g. a path */
export async function checkAll(args) {
  const { failed } = await staticChecks();
  const code = await jest(['--selectProjects', 'unit', ...args]);
  return failed === 0 ? code : 1;
}

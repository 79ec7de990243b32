// @ts-check
/** `npm test`: every test there is, and a closing line that counts them all. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { node, root, run } from '../setup/run.mjs';
import { jest, staticChecks } from './all.mjs';

/**
 * With arguments only Jest runs, and gets them (`npm test -- libs/tape`).
 * @param {string[]} args
 */
export async function testAll(args) {
  if (args.length > 0) return jest(args);
  const total = await staticChecks();
  const report = join(root, '.arena', 'jest.json');
  mkdirSync(join(root, '.arena'), { recursive: true });
  rmSync(report, { force: true });
  const code = await jest(['--json', `--outputFile=${report}`, '--ci'], { ARENA_JEST_REPORT: '1' });
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    if (code !== 0 && total.failed === 0) total.failed++;
    // What nobody tried is not known to hold: a machine that lacks something is no place to say that all is well.
    if (process.env['ARENA_SKIP_NONE'] === '1' && result.numPendingTests > 0) {
      process.stderr.write(
        `${result.numPendingTests} tests were skipped; what each needs is written above\n`,
      );
      total.failed += result.numPendingTests;
    }
  } else total.failed++;

  const golden = await run(node, [join(root, 'libs/engine/dist/golden/cli.js'), join(root, 'test/golden')], {
    output: 'inherit',
  });
  if (golden.code === 0) total.passed++;
  else total.failed++;

  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

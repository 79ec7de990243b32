// @ts-check
/** `npm test`: every test there is, and a closing line that counts them all. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { node, root, run } from '../setup/run.mjs';
import { jest, staticChecks } from './all.mjs';

/**
 * What Jest writes with --json, as far as it is read here.
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} JestTest
 * @typedef {{ name: string, startTime: number, endTime: number, message: string, assertionResults: JestTest[] }} JestFile
 * @typedef {object} JestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {number} numPendingTests
 * @property {JestFile[]} testResults
 */

/** How many of the slowest files are told. */
const SLOWEST = 20;
/** Of a failure's reason: expected, received and the first places of the code. */
const REASON_CHARACTERS = 600;

/**
 * What a reader of a long output looks for, at its end: which files took longest, and which tests failed, each with the
 * beginning of its reason.
 * @param {JestReport} result
 */
function summary({ testResults }) {
  const files = testResults.map(({ name, startTime, endTime }) => ({
    name: relative(root, name),
    seconds: (endTime - startTime) / 1000,
  }));
  const slowest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
  const all = files.reduce((sum, { seconds }) => sum + seconds, 0);
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length > 0 || assertionResults.length > 0)
      return failed.map(({ fullName, failureMessages }) => [
        `${relative(root, name)} › ${fullName}`,
        failureMessages[0] ?? '',
      ]);
    return message === '' ? [] : [[relative(root, name), message]];
  });
  return [
    `\nslowest of ${files.length} files, ${all.toFixed(0)} s in all:`,
    ...slowest.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${name}`),
    ...failures.map(
      ([name, reason]) =>
        `\n✗ ${name}\n${stripVTControlCharacters(reason ?? '').slice(0, REASON_CHARACTERS)}`,
    ),
    '',
  ].join('\n');
}

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
  // Two at a time: much of a test is waiting, for a process to start or a limit to pass. Jest's own choice on 2 cores is one.
  const jestFlags = ['--json', `--outputFile=${report}`, '--ci', '--maxWorkers=2'];
  const code = await jest(jestFlags, { ARENA_JEST_REPORT: '1' });
  /** @type {JestReport | null} */
  let result = null;
  if (existsSync(report)) {
    result = /** @type {JestReport} */ (JSON.parse(readFileSync(report, 'utf8')));
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

  if (result !== null) process.stdout.write(summary(result));
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

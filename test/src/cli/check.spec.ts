/** What `arena check` finds wrong with an agent, with the real sandbox and engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smallAgent, type Checked } from '../kit/small-agent.ts';
import { arena } from '../kit/terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Plays on whatever is asked; what follows it is more of its methods. */
const POLITE = 'return { act: ({ misc }) => (misc[2] ? 13 : misc[0] || misc[1] ? 27 : 115)';

describe('arena check', () => {
  const CASES: readonly [string, string, Record<string, unknown>, string, string, RegExp][] = [
    [
      'random',
      'return { act: () => [104, 106, 107, 108][Math.floor(Math.random() * 4)] };',
      {},
      'determinism',
      'CAUTION',
      /differ: game \d+ from key/,
    ],
    [
      'leaky',
      'let n = 0; return { act: () => [104, 106, 107, 108][n++ % 4] };',
      { gamesAtOnce: 3 },
      'batch',
      'CAUTION',
      /others than one at a time/,
    ],
    [
      'stubborn',
      'return { act: () => 115 };',
      {},
      'endings',
      'CAUTION',
      /never answers the last questions .*death, quit/,
    ],
    [
      'wrong-key',
      'return { act: ({ step }) => (step === 3 ? 1 : 115) };',
      {},
      'games',
      'FAIL',
      /invalid_action in 6 of 6 games/,
    ],
    [
      'dies-at-the-end',
      "return { act: ({ misc }) => (misc[2] ? 13 : misc[0] || misc[1] ? 27 : 115), gameOver() { throw new Error('over and out'); } };",
      {},
      'games',
      'FAIL',
      /crashed/,
    ],
    [
      'broken-load',
      "throw new Error('no model here');",
      {},
      'games',
      'FAIL',
      /before it was ready.*no model here/,
    ],
    [
      'spoilt-by-success',
      `${POLITE}, gameOver({ ascended }) { if (ascended) throw new Error('what now'); } };`,
      {},
      'endings',
      'FAIL',
      /ascended.*: crashed in .*what now/,
    ],
    [
      'out-of-time',
      `${POLITE}, gameOver({ reason }) { if (reason === 'time_bank') throw new Error('no time'); } };`,
      {},
      'endings',
      'FAIL',
      /crashed in .*no time/,
    ],
    [
      'never-wrong',
      `${POLITE}, gameOver({ reason }) { if (reason === 'invalid_action') throw new Error('not me'); } };`,
      { gamesAtOnce: 1 },
      'endings',
      'FAIL',
      /crashed in .*not me/,
    ],
    [
      'few-seats',
      'const seats = new Array(40).fill(0); return { act({ slot }) { if (slot >= seats.length) throw new RangeError(`no seat ${slot}`); return 115; } };',
      { gamesAtOnce: 64 },
      'games',
      'FAIL',
      /crashed in 64 of 66 games: .*no seat 40|crashed in 66 of 66 games: .*no seat 40/,
    ],
    [
      'late-to-fail',
      `${POLITE.replace('({ misc })', '({ misc, step })').replace('(misc[2]', '(step === 301 ? lost() : misc[2]')} };`,
      {},
      'whole games',
      'FAIL',
      /played to their ends: crashed in .*lost is not defined/,
    ],
    ['no-kind', '', { kind: 'magic' }, 'manifest', 'FAIL', /kind: found "magic"/],
    [
      'hungry',
      'globalThis.kept = Buffer.alloc(1.75 * 2 ** 30, 1); return { act: ({ misc }) => (misc[2] ? 13 : misc[0] || misc[1] ? 27 : 115) };',
      {},
      'memory',
      'CAUTION',
      /MiB at most/,
    ],
  ];

  it.each(CASES)(
    'finds what is wrong with the agent %s',
    async (name, body, manifest, check, grade, message) => {
      await smallAgent(folder, name, body, manifest);
      const { code, stdout } = await arena(folder, 'check', '--json', '--seconds', '15', name);
      const { checks } = JSON.parse(stdout) as Checked;
      const found = checks.find((each) => each.check === check);
      expect(found).toMatchObject({ check, grade, message: expect.stringMatching(message) as unknown });
      expect(found?.remedy?.length ?? 0).toBeGreaterThan(10);
      expect(checks.filter((each) => each.grade !== 'PASS').map((each) => each.check)).toContain(check);
      expect(code).toBe(grade === 'FAIL' ? 1 : 0);
    },
    120_000,
  );

  it('says it in lines that fit, with the trace', async () => {
    const name = await smallAgent(
      folder,
      'thrower-at-3',
      "return { act({ step }) { if (step > 3) throw new Error('x is not y'); return 115; } };",
    );
    const { code, stdout } = await arena(folder, 'check', '--seconds', '15', name);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {5}games {8}300 steps each: crashed in/m);
    expect(stdout).toMatch(/→ read the stack trace below/);
    expect(stdout).toMatch(/ {4}Error: x is not y\n/);
    expect(stdout).toMatch(/\n1 passed, 0 to look at, 1 failed\n$/);
    for (const line of stdout.split('\n').filter((text) => !text.startsWith('    ')))
      expect(line.length).toBeLessThanOrEqual(80);
  });
});

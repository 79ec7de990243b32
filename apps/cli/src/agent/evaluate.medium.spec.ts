/** On a participant's machine, too, what ran out of time while the machine was short of processors is played again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { PlatformError, type AgentHost } from '@arena/evaluation';
import { underPressure } from '@arena/evaluation/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chooseSeed, gamesOf } from '../play/seeds.ts';
import { evaluate, openHost, type Evaluated } from './evaluate.ts';
import { readAgent, withBoxed } from './open.ts';

const LIMITS = { ...CHALLENGE_LIMITS, maxSteps: 10, stepTimeoutMs: 1000 };

let folder: string;
let host: AgentHost;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-evaluate-test-'));
  host = openHost();
});
afterAll(() => {
  host.stage.dispose();
  rmSync(folder, { recursive: true });
});

/**
 * Two games, one after the other, of an agent that hangs in its third answer until it finds a file beside it. `again` is told
 * of each failure, and can put it there.
 */
async function play(again: (error: Error, go: () => void) => void): Promise<Evaluated> {
  const path = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(
    join(path, 'arena.json'),
    JSON.stringify({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats'], authors: ['test'] },
    }),
  );
  writeFileSync(
    join(path, 'agent.js'),
    `import { existsSync } from 'node:fs';
    export const createAgent = () => ({
      act({ step }) { if (step === 2) while (!existsSync('/agent/go')); return 115; } });`,
  );
  const agent = await readAgent(path);
  return withBoxed(agent, host, (unpacked) =>
    evaluate({
      ...{ host, folder: unpacked, manifest: agent.manifest, limits: LIMITS },
      games: gamesOf(chooseSeed('test', 1), 0, 2),
      again: (error) => {
        again(error, () => {
          writeFileSync(join(unpacked, 'go'), '');
        });
      },
    }),
  );
}

it('is played again until it can be', async () => {
  const faults: string[] = [];
  const { results } = await underPressure(() =>
    play(({ message }, go) => {
      faults.push(message);
      go();
    }),
  );
  expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
    ['ok', 10],
    ['ok', 10],
  ]);
  expect(faults).toEqual([expect.stringContaining('short of processor time')]);
}, 240_000);

it('is not played for ever', async () => {
  const faults: string[] = [];
  const playing = underPressure(() => play(({ message }) => faults.push(message)));
  await expect(playing).rejects.toThrow(PlatformError);
  expect(faults).toHaveLength(2);
}, 240_000);

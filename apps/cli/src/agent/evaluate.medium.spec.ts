/** On a participant's machine, too, what the platform failed at is played again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { PlatformError, type AgentHost } from '@arena/evaluation';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chooseSeed, gamesOf } from '../play/seeds.ts';
import { evaluate, openHost, type Evaluated } from './evaluate.ts';
import { readAgent, withBoxed } from './open.ts';

const LIMITS = { ...CHALLENGE_LIMITS, maxSteps: 10 };

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

/** Plays two games. The engine refuses the options of the first, until `again`, which hears of each failure, calls `mend`. */
async function play(again: (error: Error, mend: () => void) => void): Promise<Evaluated> {
  const path = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(
    join(path, 'arena.json'),
    JSON.stringify({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats'], authors: ['test'] },
    }),
  );
  writeFileSync(join(path, 'agent.js'), 'export const createAgent = () => ({ act: () => 115 });');
  const agent = await readAgent(path);
  const games = gamesOf(chooseSeed('test', 1), 0, 2);
  const [first] = games;
  if (first === undefined) throw new Error('no games');
  first.options = 'no_such_option';
  return withBoxed(agent, host, (unpacked) =>
    evaluate({
      ...{ host, folder: unpacked, manifest: agent.manifest, limits: LIMITS, games },
      again: (error) => {
        again(error, () => {
          first.options = '';
        });
      },
    }),
  );
}

it('is played again until it can be', async () => {
  const faults: string[] = [];
  const { results } = await play(({ message }, mend) => {
    faults.push(message);
    mend();
  });
  expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
    ['ok', 10],
    ['ok', 10],
  ]);
  expect(faults).toEqual([expect.stringMatching(/^the game engine failed: /)]);
});

it('is not played for ever', async () => {
  const faults: string[] = [];
  await expect(play(({ message }) => faults.push(message))).rejects.toThrow(PlatformError);
  expect(faults).toHaveLength(2);
});

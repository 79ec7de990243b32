/** What whoever trains from explorer's games waits for: its games without a sandbox, as `npm run tapes` plays them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { parseManifest } from '@arena/protocol';
import { rehearse } from '../rehearsal/rehearsal.ts';

const FOLDER = new URL('../../../../agents/baselines/explorer/', import.meta.url);

/** Steps a second of processor time, engine and start included, and the share of all processors that was used meanwhile. */
export async function measureExplorer(games: number): Promise<{ rate: number; share: number }> {
  const { entry, fields } = parseManifest(readFileSync(new URL('arena.json', FOLDER)));
  let steps = 0;
  let ended = 0;
  // Until the first thread has no more game to play: after that fewer play than could.
  let full = { seconds: 0, processor: 0 };
  const begin = performance.now();
  const before = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - begin) / 1000, processor: (user + system) / 1e6 };
  };
  const threads = availableParallelism();
  await rehearse({
    entry: fileURLToPath(new URL(entry, FOLDER)),
    ...{ fields, limits: CHALLENGE_LIMITS, character: '@', tapes: true, games, threads },
    seedRoot: createHash('sha256').update('bench').digest(),
    finished: ({ game }) => {
      steps += game.steps;
      if (++ended === games - threads + 1) full = used();
    },
  });
  return { rate: steps / used().processor, share: full.processor / full.seconds / threads };
}

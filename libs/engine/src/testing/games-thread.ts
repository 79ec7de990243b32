/** The other side of the property about threads: plays each game it is sent, on two engines of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineModules, GameSettings } from '../index.ts';
import { Engine } from '../index.ts';
import { play } from './play.ts';

const own = await Engine.load();
const shared = await Engine.load(workerData as EngineModules);

parentPort?.on('message', ({ start, given }: { start: GameSettings; given: number[] }) => {
  const seen = [own, shared].map((engine) => {
    const game = engine.newGame(start);
    const digests = play(game, given);
    game.dispose();
    return digests;
  });
  parentPort?.postMessage(seen);
});

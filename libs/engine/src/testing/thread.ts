/** The other side of the test "go to another thread": plays there what the main thread plays. */
import { parentPort, workerData } from 'node:worker_threads';
import { digestOf } from './digest.ts';
import type { EngineModules, Game, GameSettings, Snapshot } from '../index.ts';
import { Engine } from '../index.ts';

const { start, given, snapshot, modules } = workerData as {
  start: GameSettings;
  given: number[];
  snapshot: Snapshot;
  modules: EngineModules;
};

function play(game: Game, keys: readonly number[]): string[] {
  const digest = (): string => digestOf(game.observation);
  const seen = [digest()];
  for (const key of keys) {
    if (game.ended) break;
    seen.push(game.step(key) ? digest() : (game.end?.howName ?? ''));
  }
  return seen;
}

const engine = await Engine.load();
const shared = await Engine.load(modules);
parentPort?.postMessage({
  id: shared.id,
  shared: play(shared.newGame(start), given),
  whole: play(engine.newGame(start), given),
  rest: play(engine.restore(snapshot), given.slice(200)),
});

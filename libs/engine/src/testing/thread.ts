/** The other side of the test "go to another thread": plays there what the main thread plays. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineModules, GameSettings, Snapshot } from '../index.ts';
import { Engine } from '../index.ts';
import { play } from './play.ts';

const { start, given, snapshot, modules } = workerData as {
  start: GameSettings;
  given: number[];
  snapshot: Snapshot;
  modules: EngineModules;
};

const engine = await Engine.load();
const shared = await Engine.load(modules);
parentPort?.postMessage({
  id: shared.id,
  shared: play(shared.newGame(start), given),
  whole: play(engine.newGame(start), given),
  rest: play(engine.restore(snapshot), given.slice(200)),
});

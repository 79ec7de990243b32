/** The engine this worker plays, loaded once; shards' threads share its compiled code. */
import { Engine } from '@arena/engine';
import { readEngine } from '@arena/engine/node';

/**
 * Warmed up, since compiled code is shared: without it the threads of the first shards play their first second at two thirds
 * of the speed. Rejects if the files are missing or are not what their list says; the message tells how to build them.
 */
export async function loadEngine(directory: string): Promise<Engine> {
  const engine = await Engine.load(await readEngine(directory));
  engine.warmUp();
  return engine;
}

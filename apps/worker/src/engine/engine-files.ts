/** The engine this worker plays, read once; shards' threads get the bytes. */
import { Engine, type EngineSource } from '@arena/engine';
import { readEngine } from '@arena/engine/node';

/** Rejects if the files are missing or are not what their list says; the message tells how to build them. */
export async function readEngineFrom(directory: string): Promise<{ source: EngineSource; id: string }> {
  const source = await readEngine(directory);
  const { id } = await Engine.load(source);
  return { source, id };
}

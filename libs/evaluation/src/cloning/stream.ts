/**
 * `node stream.js FOLDER OPTIONS`: plays a folder's tapes again and writes what their agent saw and answered to standard
 * output, for a trainer that reads it. First a line of JSON, {"lanes", "steps", "bytes", "fields"}, then chunks, each of so
 * many bytes, until the reader closes the pipe. OPTIONS is JSON: StreamOptions.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { Engine } from '@arena/engine';
import { decodeTape } from '@arena/tape';
import { STREAM_FIELDS, chunkBytes, chunks, type NextTape, type StreamShape } from './chunks.ts';

export interface StreamOptions extends StreamShape {
  /** File names, in the folder. */
  readonly tapes: readonly string[];
  /** Share of mistakes that the tapes were made with. */
  readonly noise: number;
  /** Of the order in which the tapes come: each goes by once before any comes again. */
  readonly seed: number;
}

/** All of `items` in an order drawn from the state, again and again. */
export function* shuffles<T>(items: readonly T[], seed: number): Generator<T, never> {
  let state = seed >>> 0;
  const draw = (below: number): number => {
    // mulberry32 (public domain): 32 bits of state are plenty for an order of tapes
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  for (;;) {
    const order = [...items];
    for (let i = order.length; i > 1; i--) {
      const other = draw(i);
      [order[i - 1], order[other]] = [order[other] as T, order[i - 1] as T];
    }
    yield* order;
  }
}

async function main(folder: string, { tapes, noise, seed, lanes, steps }: StreamOptions): Promise<void> {
  const names = shuffles(tapes, seed);
  const next: NextTape = async () => {
    const name = names.next().value;
    return { name, noise, tape: await decodeTape(await readFile(join(folder, name))) };
  };
  const engine = await Engine.load();
  const shape = { lanes, steps };
  const { stdout } = process;
  stdout.write(`${JSON.stringify({ ...shape, bytes: chunkBytes(shape), fields: STREAM_FIELDS })}\n`);
  for await (const chunk of chunks(engine, next, shape)) {
    // A copy: what the pipe has not taken yet must not change.
    if (!stdout.write(Buffer.from(chunk))) await once(stdout, 'drain');
  }
}

const [, program, folder, options] = process.argv;
if (program === import.meta.filename) {
  // A reader that has enough closes the pipe: that is how a stream ends.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  if (folder === undefined || options === undefined) throw new Error('usage: node stream.js FOLDER OPTIONS');
  await main(folder, JSON.parse(options) as StreamOptions);
}

/** Chunks of a stream: `steps` moments of `lanes` sequences, each field of all of them in one piece. */
import { FIELDS, type Engine } from '@arena/engine';
import type { Tape } from '@arena/tape';
import { RECORDED, momentsOf, type Moment } from './lane.ts';

/** How one field lies in a chunk: [steps, lanes, …shape], C order, little endian. */
export interface StreamField {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

const observed = RECORDED.map((name): StreamField => {
  const field = FIELDS.find((one) => one.name === name);
  if (field === undefined) throw new Error(`the engine has no field ${name}`);
  return { name, dtype: field.dtype, shape: field.shape, bytes: field.bytes };
});
const single = (name: string): StreamField => ({ name, dtype: 'uint8', shape: [], bytes: 1 });

/** The fields of a chunk in their order: observation, then action, previous action, whether a game begins, whether to learn. */
export const STREAM_FIELDS: readonly StreamField[] = [
  ...observed,
  single('action'),
  single('previous'),
  single('new_game'),
  single('taught'),
];

export interface StreamShape {
  /** Sequences side by side. */
  readonly lanes: number;
  /** Moments of each in a chunk. */
  readonly steps: number;
}

export const chunkBytes = ({ lanes, steps }: StreamShape): number =>
  lanes * steps * STREAM_FIELDS.reduce((sum, { bytes }) => sum + bytes, 0);

/** Where the tapes of a stream come from: the next one each time it is asked, for ever. */
export type NextTape = () => Promise<{ readonly name: string; readonly tape: Tape; readonly noise: number }>;

/**
 * The chunks of a stream without end. A lane whose tape is over begins the next one in the same chunk; a lane that is in a
 * game goes on with it in the next chunk. The array is the same each time: it must be written before the next is asked for.
 */
export async function* chunks(
  engine: Engine,
  next: NextTape,
  shape: StreamShape,
): AsyncGenerator<Uint8Array> {
  const { lanes, steps } = shape;
  const chunk = new Uint8Array(chunkBytes(shape));
  const starts: number[] = [];
  let start = 0;
  for (const { bytes } of STREAM_FIELDS) {
    starts.push(start);
    start += bytes * lanes * steps;
  }
  const games = new Array<Generator<Moment> | undefined>(lanes).fill(undefined);
  const momentOf = async (lane: number): Promise<Moment> => {
    for (;;) {
      const result = games[lane]?.next();
      if (result !== undefined && result.done !== true) return result.value;
      const { name, tape, noise } = await next();
      games[lane] = momentsOf(engine, tape, name, noise);
    }
  };
  for (;;) {
    for (let lane = 0; lane < lanes; lane++) {
      for (let step = 0; step < steps; step++) {
        const moment = await momentOf(lane);
        write(chunk, starts, step * lanes + lane, moment);
      }
    }
    yield chunk;
  }
}

function write(chunk: Uint8Array, starts: readonly number[], place: number, moment: Moment): void {
  RECORDED.forEach((name, i) => {
    const { buffer, byteOffset, byteLength } = moment.observation[name];
    chunk.set(new Uint8Array(buffer, byteOffset, byteLength), (starts[i] ?? 0) + place * byteLength);
  });
  [moment.action, moment.previous, moment.newGame ? 1 : 0, moment.taught ? 1 : 0].forEach((value, i) => {
    chunk[(starts[RECORDED.length + i] ?? 0) + place] = value;
  });
}

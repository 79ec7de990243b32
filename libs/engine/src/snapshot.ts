import type { Image } from '@arena/nle-wasm';
import { EngineError } from './errors.ts';

/**
 * A game at a key request, for good: plain data that can be kept, sent to another thread (structured clone) and
 * restored any number of times by an engine of the same id. Some 1.2 MB.
 */
export interface Snapshot {
  /** The engine's id: what the bytes mean is known to it alone. */
  readonly engine: string;
  /** The keys given so far, one byte each. */
  readonly tape: Uint8Array;
  readonly image: Image;
  /** The game was reseeded on the way: its settings and keys do not make it again. */
  readonly reseeded: boolean;
  /** Bytes of memory the snapshot holds. */
  readonly bytes: number;
}

export function makeSnapshot(engine: string, tape: Uint8Array, image: Image, reseeded: boolean): Snapshot {
  return { engine, tape, image, reseeded, bytes: image.low.length + image.high.length };
}

/** Not instanceof: a snapshot may come from another thread, window or context of Node. */
const isBytes = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Uint8Array]';

/**
 * Throws EngineError `foreign_snapshot` unless the snapshot is one of this engine's, and `bad_snapshot` unless it has a
 * snapshot's parts; how large those are is the loader's to check, which knows the engine's memory.
 */
export function checkSnapshot(snapshot: Snapshot, engine: string): void {
  const given: unknown = (snapshot as Partial<Snapshot> | null | undefined)?.engine;
  if (given !== engine) {
    const whose = typeof given === 'string' ? `of engine ${given.slice(0, 12)}` : 'no snapshot';
    throw new EngineError(
      'foreign_snapshot',
      `this is ${whose}; engine ${engine.slice(0, 12)} restores its own only. Play the game's tape again instead`,
    );
  }
  const { tape, image } = snapshot as Partial<Snapshot>;
  if (!isBytes(tape) || !isBytes(image?.low) || !isBytes(image?.high))
    throw new EngineError(
      'bad_snapshot',
      'this snapshot lacks its tape or its image, or they are no Uint8Arrays. Keep snapshots as they are given: JSON loses them',
    );
}

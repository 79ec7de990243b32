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
  /** Bytes of memory the snapshot holds. */
  readonly bytes: number;
}

export function makeSnapshot(engine: string, tape: Uint8Array, image: Image): Snapshot {
  return { engine, tape, image, bytes: image.low.length + image.high.length };
}

/** Throws EngineError `foreign_snapshot` unless the snapshot is one of this engine's. */
export function checkSnapshot(snapshot: Snapshot, engine: string): void {
  const given: unknown = (snapshot as Partial<Snapshot> | null | undefined)?.engine;
  if (given !== engine) {
    const whose = typeof given === 'string' ? `of engine ${given.slice(0, 12)}` : 'no snapshot';
    throw new EngineError(
      'foreign_snapshot',
      `this is ${whose}; engine ${engine.slice(0, 12)} restores its own only. Play the game's tape again instead`,
    );
  }
}

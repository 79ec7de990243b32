import type { CompleteSettings, FieldName } from '@arena/engine';

/** How a taped game stopped. */
export type TapeEnd =
  /** NetHack ended it: its end code 0-15, and its xlogfile line without the newline (null if it wrote none). */
  | { readonly kind: 'ended'; readonly how: number; readonly xlogfile: string | null }
  /** The keys stop while the game goes on: a limit, or whoever played left. */
  | { readonly kind: 'open' }
  /** The last key made the engine fail. */
  | { readonly kind: 'fault' };

/** What was counted while the game was played; the score is the sum of the challenge's rewards. */
export interface TapeFigures {
  readonly score: number;
  /** At the last observation in play. */
  readonly turns: number;
  readonly deepestLevel: number;
}

/**
 * A whole game: everything that entered it, what came out, and digests on the way. The engine of the same id plays it
 * again, bit for bit. How it lies in a file: docs/TAPES.md.
 */
export interface Tape {
  /** sha256 of engine.wasm, 64 hexadecimal digits. */
  readonly engineId: string;
  readonly settings: CompleteSettings;
  /** Every key the game read, one byte each, those before an agent's first included. */
  readonly keys: Uint8Array;
  readonly end: TapeEnd;
  readonly figures: TapeFigures;
  /** Keys from one checkpoint to the next. */
  readonly every: number;
  /** The fields that were digested, in the engine's order. */
  readonly fields: readonly FieldName[];
  /** sha256 each: after `every` keys, after twice as many …, and after the last key. See CheckpointChain. */
  readonly checkpoints: readonly Uint8Array[];
}

/** Checkpoints that a tape of so many keys has; the last one is the end's. */
export function checkpointCount(keys: number, every: number): number {
  return Math.max(1, Math.ceil(keys / every));
}

/** Fields of an xlogfile line: tab-separated `key=value`; a part without `=` is a key without value. */
export function xlogfileFields(line: string): Record<string, string> {
  return Object.fromEntries(
    line.split('\t').map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

/** The xlogfile line of an engine's end, as NetHack wrote it. */
export function xlogfileLine(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .join('\t');
}

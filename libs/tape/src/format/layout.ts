/** The numbers of the format; docs/TAPES.md tells them byte by byte. */

/** `\x89ARENA\r\n`: a byte that is no text, a name, and a line end that text transfers would change. */
export const MAGIC: readonly number[] = [0x89, 0x41, 0x52, 0x45, 0x4e, 0x41, 0x0d, 0x0a];

/**
 * Version 1 is of games that play as if screen_descriptions were requested, as all did when it was written. Version 2 is of those that do
 * not: a reader that knows version 1 alone would play another game, and so must refuse it.
 */
export const VERSION = { requested: 1, untouched: 2 } as const;

export const FLAGS = { reseed: 1, levelSeed: 2, debug: 4, spawnMonsters: 8, untouched: 16 } as const;
/** Flags that a tape of the version may have. */
export const ALL_FLAGS = 31;

/** Codes of the end beyond NetHack's own 0-15. */
export const END = { fault: 254, open: 255 } as const;
export const MOST_HOW = 15;

export const SHA256_BYTES = 32;

/** What a reader takes at most, so that a hostile file costs neither memory nor time. */
export const LIMITS = {
  /** Bytes of a file. A million keys and their checkpoints take 0.7 MB. */
  file: 32 * 2 ** 20,
  /** Keys of a game; the challenge allows a million. */
  keys: 2 ** 24,
  character: 255,
  /** As long as the engine takes. */
  options: 4095,
  xlogfile: 65_535,
} as const;

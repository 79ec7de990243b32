/** The memory layout that src/port/engine.h and observation.h define; `INTERFACE_VERSION` says which edition. */
export const INTERFACE_VERSION = 2;

export type FieldName =
  | 'glyphs'
  | 'chars'
  | 'colors'
  | 'specials'
  | 'blstats'
  | 'message'
  | 'program_state'
  | 'internal'
  | 'inv_glyphs'
  | 'inv_letters'
  | 'inv_oclasses'
  | 'inv_strs'
  | 'screen_descriptions'
  | 'tty_chars'
  | 'tty_colors'
  | 'tty_cursor'
  | 'misc';

export type FieldType = 'int8' | 'uint8' | 'int16' | 'int32';

export interface FieldSpec {
  readonly name: FieldName;
  readonly dtype: FieldType;
  readonly shape: readonly number[];
  /** Size in memory, C order, little endian. */
  readonly bytes: number;
}

const WIDTH: Record<FieldType, number> = { int8: 1, uint8: 1, int16: 2, int32: 4 };

function field(name: FieldName, dtype: FieldType, ...shape: number[]): FieldSpec {
  return { name, dtype, shape, bytes: shape.reduce((product, length) => product * length, WIDTH[dtype]) };
}

/** All 17 fields, in digest order. */
export const FIELDS: readonly FieldSpec[] = [
  field('glyphs', 'int16', 21, 79),
  field('chars', 'uint8', 21, 79),
  field('colors', 'uint8', 21, 79),
  field('specials', 'uint8', 21, 79),
  field('blstats', 'int32', 27),
  field('message', 'uint8', 256),
  field('program_state', 'int32', 6),
  field('internal', 'int32', 9),
  field('inv_glyphs', 'int16', 55),
  field('inv_letters', 'uint8', 55),
  field('inv_oclasses', 'uint8', 55),
  field('inv_strs', 'uint8', 55, 80),
  field('screen_descriptions', 'uint8', 21, 79, 80),
  field('tty_chars', 'uint8', 24, 80),
  field('tty_colors', 'int8', 24, 80),
  field('tty_cursor', 'uint8', 2),
  field('misc', 'int32', 3),
];

/** Live views into a game's memory: they show the current observation, and the next one after the next key. */
export interface Observation {
  readonly glyphs: Int16Array;
  readonly chars: Uint8Array;
  readonly colors: Uint8Array;
  readonly specials: Uint8Array;
  readonly blstats: Int32Array;
  readonly message: Uint8Array;
  readonly program_state: Int32Array;
  readonly internal: Int32Array;
  readonly inv_glyphs: Int16Array;
  readonly inv_letters: Uint8Array;
  readonly inv_oclasses: Uint8Array;
  readonly inv_strs: Uint8Array;
  readonly screen_descriptions: Uint8Array;
  readonly tty_chars: Uint8Array;
  readonly tty_colors: Int8Array;
  readonly tty_cursor: Uint8Array;
  readonly misc: Int32Array;
}

/** struct arena_settings: byte offsets. */
export const SETTINGS = {
  coreSeed: 0,
  dispSeed: 8,
  levelSeed: 16,
  reseed: 24,
  useLevelSeed: 28,
  spawnMonsters: 32,
  fields: 36,
  clock: 40,
  utcOffset: 44,
  fuel: 48,
  options: 52,
  optionsBytes: 4096,
} as const;

/** struct arena_status: indices of its 32-bit words, then a text. */
export const STATUS = {
  phase: 0,
  how: 1,
  status: 2,
  words: 3,
  optionError: 12,
  optionErrorBytes: 128,
  fault: 140,
  faultBytes: 256,
} as const;

/** enum arena_phase */
export const PHASE = { new: 0, running: 1, ended: 2, fault: 3 } as const;

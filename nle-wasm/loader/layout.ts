/** The memory layout that src/port/engine.h and observation.h define; `INTERFACE_VERSION` says which edition. */
export const INTERFACE_VERSION = 3;

/**
 * Editions the loader can play. An engine of edition 2 plays every game as if screen_descriptions were requested, and shows
 * no observation after the key that ends a game; tapes that were recorded with one are still verified with it.
 */
export const KNOWN_INTERFACES: readonly number[] = [2, INTERFACE_VERSION];

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

/**
 * Live views into a game's memory: they show the current observation, and the next one after the next key. All in C
 * order: a map cell (x 0…78, y 0…20) is at [y * 79 + x], a terminal cell at [row * 80 + column]. Before the first turn
 * and on the screens after the end the map is all stone and chars, colors, specials, screen_descriptions, message and
 * blstats are zero. Source of each: src/port (docs/ENGINE.md, "Observations").
 */
export interface Observation {
  /**
   * 21×79: the glyph last printed, 0…MAX_GLYPH-1. Objects are numbered by appearance: GLYPH_OBJ_OFF plus the index of
   * their description, never of what they are. Cells never printed hold the glyph of stone.
   */
  readonly glyphs: Int16Array;
  /** 21×79: the symbol shown for the glyph, a byte of the symbol set. */
  readonly chars: Uint8Array;
  /** 21×79: NetHack's colour 0…15; black is shown as blue (4), or as 8 with the option use_darkgray. */
  readonly colors: Uint8Array;
  /** 21×79: bits MG_CORPSE, MG_INVIS, MG_DETECT, MG_PET, MG_RIDDEN, MG_STATUE, MG_OBJPILE, MG_BW_LAVA. */
  readonly specials: Uint8Array;
  /** 27: the status line's figures; BLSTATS in @arena/engine names the places. NLE has them as int64. */
  readonly blstats: Int32Array;
  /** 256, zero padded: the question while one is asked, else the message line while it shows something. */
  readonly message: Uint8Array;
  /** 6, 0 or a count: gameover, panicking, exiting, in_moveloop, in_impossible, something_worth_saving. */
  readonly program_state: Int32Array;
  /**
   * 9: deepest level reached; misc's three; 1 on a staircase down; 0; 0; nutrition (900 at the start); experience
   * points counted for the score.
   */
  readonly internal: Int32Array;
  /** 55: glyphs of the inventory in its order, appearances as in `glyphs`; NO_GLYPH behind the last item. */
  readonly inv_glyphs: Int16Array;
  /** 55: inventory letters; 0 behind the last item. */
  readonly inv_letters: Uint8Array;
  /** 55: object classes, 0…17; MAXOCLASSES behind the last item. */
  readonly inv_oclasses: Uint8Array;
  /** 55×80, zero padded, cut at 80: the names of the items. */
  readonly inv_strs: Uint8Array;
  /** 21×79×80, zero padded: what farlook says of the cell, as it was when the glyph was printed. */
  readonly screen_descriptions: Uint8Array;
  /** 24×80: the terminal's characters. */
  readonly tty_chars: Uint8Array;
  /** 24×80: colour 0…15 (7 by default, 0 under a space of no colour), 16 more in reverse video. */
  readonly tty_colors: Int8Array;
  /** 2: row and column of the cursor. */
  readonly tty_cursor: Uint8Array;
  /** 3, 0 or 1: in a yes/no question, in line input, waiting at --More--. */
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
  /** Since edition 3; behind it in memory lies what is no setting. */
  looks: 4148,
  bytes: 4152,
} as const;

/** struct pending: cells whose descriptions a copy of the game has yet to write. */
export const PENDING = { count: 0, bytes: 4 + 21 * 79 + 1 } as const;

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

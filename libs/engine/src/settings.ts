import type { FieldName, GeneratorSeeds, SetUp } from '@arena/nle-wasm';
import { FIELDS, SETTINGS } from '@arena/nle-wasm';
import { EngineError, shown } from './errors.ts';
import { CHALLENGE_OPTIONS, checkCharacter, composeOptions, playsDebug } from './options.ts';

/** 2021-06-15 20:00 UTC, the clock every game has unless told otherwise: moon, Friday 13th and night are inputs. */
export const DEFAULT_CLOCK = 1_623_758_400;

/**
 * A game that takes this many loop rounds without asking for a key hangs. A turn takes some thousand, so the longest
 * wait that one key can ask for, 32,767 turns, stays far below; the limit is reached after some seconds.
 */
export const DEFAULT_FUEL = 2_000_000_000;

/** Everything that enters a game. The same settings and keys give the same game, everywhere. */
export interface GameSettings {
  readonly seeds: {
    /** Seed of the game's own random numbers, 0 … 2^64-1. */
    readonly core: bigint;
    /** Seed of random numbers that only change what is shown (hallucination), 0 … 2^64-1. */
    readonly disp: bigint;
    /**
     * Seed of level generation, 0 … 2^64-1: each dungeon then has a generator of its own, so games with the same seed
     * have the same levels whatever `core` is. Without it levels come from `core`.
     */
    readonly lgen?: bigint;
    /** NetHack's reseeding on level changes; the new seeds are drawn from the old. Default false. */
    readonly reseed?: boolean;
  };
  /** As in `mon-hum-neu-mal`, or some of its words, as in `val`; `@`: random. Default `@`. Not used when `options` is given. */
  readonly character?: string;
  /** The whole NETHACKOPTIONS text, the character's name included. Default: the challenge's, with the character. */
  readonly options?: string;
  /** Debug mode ("wizard"). An `options` text must say the same by its `playmode`. Default false. */
  readonly debug?: boolean;
  /** Random generation of monsters while playing, and what special levels leave in their mazes. Default true. */
  readonly spawnMonsters?: boolean;
  /**
   * Plays as NLE does where screen_descriptions is requested: each cell is looked at when it is printed, and looking touches the game
   * (an object seen up close counts as seen, and later messages say more of it). False plays as NLE does where it is not requested, as in
   * the 2021 challenge: the field, when it is among `fields` all the same, is written without touching the game. Default true.
   */
  readonly screenDescriptions?: boolean;
  /** The game's wall clock, frozen: seconds since 1970, UTC. Default `DEFAULT_CLOCK`. */
  readonly clock?: number;
  /** Loop rounds between two keys after which the game ends as an engine fault, 1 … 2^31-1. Default `DEFAULT_FUEL`. */
  readonly fuel?: number;
  /** Fields that will be looked at; the others are not kept up to date. Never changes the game. Default all. */
  readonly fields?: readonly FieldName[];
}

/** Every name of {@link GameSettings}: the compiler holds the two to each other. */
const NAMES: Record<keyof GameSettings, true> = {
  seeds: true,
  character: true,
  options: true,
  debug: true,
  spawnMonsters: true,
  screenDescriptions: true,
  clock: true,
  fuel: true,
  fields: true,
};
const SEED_NAMES: Record<keyof GameSettings['seeds'], true> = {
  core: true,
  disp: true,
  lgen: true,
  reseed: true,
};

/** Settings may come from programs that no compiler held to their types. */
function checkObject(given: object, what: string, names: object): void {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names).join(', ');
    throw new EngineError('bad_setting', `there is no ${what} '${name}'; there are ${known}`);
  }
}

function checkNames(settings: unknown): void {
  if (typeof settings !== 'object' || settings === null)
    throw new EngineError(
      'bad_setting',
      'a game needs its settings: give an object that has at least { seeds: { core, disp } }',
    );
  checkObject(settings, 'setting', NAMES);
  const seeds: unknown = 'seeds' in settings ? settings.seeds : undefined;
  if (typeof seeds !== 'object' || seeds === null)
    throw new EngineError('bad_seed', 'a game needs seeds: { core, disp }, bigints from 0 to 2^64-1');
  checkObject(seeds, 'seed', SEED_NAMES);
}

function checkFlag(name: string, flag: unknown): boolean {
  if (typeof flag !== 'boolean')
    throw new EngineError('bad_setting', `${name} is ${shown(flag)}; it must be true or false`);
  return flag;
}

/** What a game that runs can be given: see `Game.reseed`. */
export interface NewSeeds {
  readonly core: bigint;
  readonly disp: bigint;
  readonly reseed: boolean;
}

/** Throws EngineError `bad_seed` and `bad_setting`. */
export function checkNewSeeds({ core, disp, reseed }: NewSeeds): GeneratorSeeds {
  return {
    coreSeed: checkSeed('core', core),
    dispSeed: checkSeed('disp', disp),
    reseed: checkFlag('reseed', reseed),
  };
}

const SEED_LIMIT = 1n << 64n;

function checkSeed(name: string, seed: bigint): bigint {
  if (typeof seed !== 'bigint' || seed < 0n || seed >= SEED_LIMIT) {
    throw new EngineError(
      'bad_seed',
      `seed '${name}' is ${shown(seed)}; it must be a bigint from 0 to 2^64-1`,
    );
  }
  return seed;
}

function checkClock(clock: number): number {
  if (!Number.isInteger(clock) || clock < 0 || clock > 0x7fff_ffff) {
    throw new EngineError(
      'bad_clock',
      `clock is ${shown(clock)}; it must be whole seconds since 1970, up to 2^31-1`,
    );
  }
  return clock;
}

function checkFuel(fuel: number): number {
  if (!Number.isInteger(fuel) || fuel < 1 || fuel > 0x7fff_ffff) {
    throw new EngineError('bad_fuel', `fuel is ${shown(fuel)}; it must be a whole number from 1 to 2^31-1`);
  }
  return fuel;
}

function checkFields(fields: readonly FieldName[]): readonly FieldName[] {
  const given: unknown = fields;
  if (!Array.isArray(given))
    throw new EngineError('unknown_field', `fields is ${shown(fields)}; it must be a list of field names`);
  for (const name of fields) {
    if (!FIELDS.some((field) => field.name === name))
      throw new EngineError('unknown_field', `there is no field '${shown(name)}'`);
  }
  return fields;
}

function checkOptions(text: string, debug: boolean): string {
  if (typeof text !== 'string')
    throw new EngineError('unknown_option', `the options are ${shown(text)}; they must be a text`);
  if (debug !== playsDebug(text)) {
    throw new EngineError(
      'unknown_option',
      debug
        ? "debug mode is asked for, but the options text, which decides it, has no 'playmode:debug'"
        : "the options text has 'playmode:debug', but debug mode is not asked for: set debug, or take it out",
    );
  }
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new EngineError('unknown_option', 'the options text must be printable ASCII');
  if (text.length >= SETTINGS.optionsBytes) {
    throw new EngineError(
      'unknown_option',
      `the options text has ${String(text.length)} characters; at most ${String(SETTINGS.optionsBytes - 1)} fit`,
    );
  }
  if (/^[/\\@]/.test(text))
    throw new EngineError('unknown_option', 'the options text names a file; files do not enter a game');
  return text;
}

/** Settings with no default left open: whoever keeps them can start the same game when defaults have changed. */
export interface CompleteSettings extends Required<Omit<GameSettings, 'seeds' | 'fields'>> {
  readonly seeds: {
    readonly core: bigint;
    readonly disp: bigint;
    readonly lgen?: bigint;
    readonly reseed: boolean;
  };
}

/** Checks everything that enters a game and fills in the defaults. Throws EngineError. */
export function completeSettings(settings: GameSettings): CompleteSettings {
  checkNames(settings);
  const { seeds } = settings;
  const character = checkCharacter(settings.character ?? '@');
  const debug = checkFlag('debug', settings.debug ?? false);
  return {
    seeds: {
      core: checkSeed('core', seeds.core),
      disp: checkSeed('disp', seeds.disp),
      ...(seeds.lgen === undefined ? {} : { lgen: checkSeed('lgen', seeds.lgen) }),
      reseed: checkFlag('reseed', seeds.reseed ?? false),
    },
    character,
    debug,
    options: checkOptions(settings.options ?? composeOptions(CHALLENGE_OPTIONS, character, debug), debug),
    spawnMonsters: checkFlag('spawnMonsters', settings.spawnMonsters ?? true),
    screenDescriptions: checkFlag('screenDescriptions', settings.screenDescriptions ?? true),
    clock: checkClock(settings.clock ?? DEFAULT_CLOCK),
    fuel: checkFuel(settings.fuel ?? DEFAULT_FUEL),
  };
}

/** Checks all settings and fills in the defaults. Throws EngineError. */
export function resolveSettings(settings: GameSettings): SetUp {
  const { seeds, spawnMonsters, screenDescriptions, clock, fuel, options } = completeSettings(settings);
  return {
    coreSeed: seeds.core,
    dispSeed: seeds.disp,
    levelSeed: seeds.lgen ?? null,
    reseed: seeds.reseed,
    spawnMonsters,
    screenDescriptions,
    clock,
    fuel,
    options,
    fields: checkFields(settings.fields ?? FIELDS.map((field) => field.name)),
  };
}

/**
 * Throws EngineError for settings that no game can start with, as far as can be told without one. Names and values of
 * `options` are NetHack's to judge, when a game starts.
 */
export function checkSettings(settings: GameSettings): void {
  resolveSettings(settings);
}

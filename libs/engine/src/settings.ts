import type { FieldName, SetUp } from '@arena/nle-wasm';
import { FIELDS, SETTINGS } from '@arena/nle-wasm';
import { EngineError } from './errors.ts';
import { CHALLENGE_OPTIONS, composeOptions } from './options.ts';

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
  /** `role-race-align-gender`, as in `mon-hum-neu-mal`, or `@`: random. Default `@`. Not used when `options` is given. */
  readonly character?: string;
  /** The whole NETHACKOPTIONS text, the character's name included. Default: the challenge's, with the character. */
  readonly options?: string;
  /** Debug mode ("wizard"). An `options` text must say `playmode:debug` itself. Default false. */
  readonly debug?: boolean;
  /** Random generation of monsters while playing, and stocking of special levels' rooms. Default true. */
  readonly spawnMonsters?: boolean;
  /** The game's wall clock, frozen: seconds since 1970, UTC. Default `DEFAULT_CLOCK`. */
  readonly clock?: number;
  /** Loop rounds between two keys after which the game ends as an engine fault, 1 … 2^31-1. Default `DEFAULT_FUEL`. */
  readonly fuel?: number;
  /** Fields that will be looked at; the others are not kept up to date. Never changes the game. Default all. */
  readonly fields?: readonly FieldName[];
}

const SEED_LIMIT = 1n << 64n;

function checkSeed(name: string, seed: bigint): bigint {
  if (typeof seed !== 'bigint' || seed < 0n || seed >= SEED_LIMIT) {
    throw new EngineError(
      'bad_seed',
      `seed '${name}' is ${String(seed)}; it must be a bigint from 0 to 2^64-1`,
    );
  }
  return seed;
}

function checkClock(clock: number): number {
  if (!Number.isInteger(clock) || clock < 0 || clock > 0x7fff_ffff) {
    throw new EngineError(
      'bad_clock',
      `clock is ${String(clock)}; it must be whole seconds since 1970, up to 2^31-1`,
    );
  }
  return clock;
}

function checkFuel(fuel: number): number {
  if (!Number.isInteger(fuel) || fuel < 1 || fuel > 0x7fff_ffff) {
    throw new EngineError('bad_fuel', `fuel is ${String(fuel)}; it must be a whole number from 1 to 2^31-1`);
  }
  return fuel;
}

function checkFields(fields: readonly FieldName[]): readonly FieldName[] {
  for (const name of fields) {
    if (!FIELDS.some((field) => field.name === name))
      throw new EngineError('unknown_field', `there is no field '${name}'`);
  }
  return fields;
}

function checkOptions(text: string, debug: boolean): string {
  if (debug && !text.includes('playmode:debug')) {
    throw new EngineError(
      'unknown_option',
      "debug mode is asked for, but the options text, which decides it, has no 'playmode:debug'",
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
  const { seeds, character = '@', debug = false } = settings;
  return {
    seeds: {
      core: checkSeed('core', seeds.core),
      disp: checkSeed('disp', seeds.disp),
      ...(seeds.lgen === undefined ? {} : { lgen: checkSeed('lgen', seeds.lgen) }),
      reseed: seeds.reseed ?? false,
    },
    character,
    debug,
    options: checkOptions(settings.options ?? composeOptions(CHALLENGE_OPTIONS, character, debug), debug),
    spawnMonsters: settings.spawnMonsters ?? true,
    clock: checkClock(settings.clock ?? DEFAULT_CLOCK),
    fuel: checkFuel(settings.fuel ?? DEFAULT_FUEL),
  };
}

/** Checks all settings and fills in the defaults. Throws EngineError. */
export function resolveSettings(settings: GameSettings): SetUp {
  const { seeds, spawnMonsters, clock, fuel, options } = completeSettings(settings);
  return {
    coreSeed: seeds.core,
    dispSeed: seeds.disp,
    levelSeed: seeds.lgen ?? null,
    reseed: seeds.reseed,
    spawnMonsters,
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

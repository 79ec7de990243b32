import { randomBytes } from 'node:crypto';
import type { GameSettings } from '@arena/engine';
import { UsageError } from '../usage.ts';

/** The options that say what enters a game. */
export const SETTINGS_OPTIONS = {
  core: { type: 'string' },
  disp: { type: 'string' },
  lgen: { type: 'string' },
  reseed: { type: 'boolean', default: false },
  character: { type: 'string' },
  options: { type: 'string' },
  clock: { type: 'string' },
  debug: { type: 'boolean', default: false },
  'no-monsters': { type: 'boolean', default: false },
  'no-descriptions': { type: 'boolean', default: false },
} as const;

export const SETTINGS_HELP = `  --core N          seed of the game, 0 to 2^64-1
  --disp N          seed of what hallucination shows, 0 to 2^64-1
  --lgen N          seed of level generation by itself; without it levels come from --core
  --reseed          NetHack's reseeding on level changes
  --character C     e.g. val-dwa-law-fem, or some of its words, e.g. val; @: a random one (default)
  --options TEXT    the whole NETHACKOPTIONS instead of the challenge's; --character is then not used
  --clock SECONDS   the game's clock since 1970, UTC (moon, Friday 13th, night); default 1623758400
  --debug           debug mode, as NetHack's wizard
  --no-monsters     no random generation of monsters
  --no-descriptions as NLE plays where screen_descriptions is not requested, as in the challenge`;

interface Values {
  readonly core?: string | undefined;
  readonly disp?: string | undefined;
  readonly lgen?: string | undefined;
  readonly reseed: boolean;
  readonly character?: string | undefined;
  readonly options?: string | undefined;
  readonly clock?: string | undefined;
  readonly debug: boolean;
  readonly 'no-monsters': boolean;
  readonly 'no-descriptions': boolean;
}

function seed(name: string, text: string): bigint {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) >= 2n ** 64n)
    throw new UsageError(`--${name} ${text}: a whole number from 0 to 2^64-1 is wanted`);
  return BigInt(text);
}

export function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} ${text}: a whole number is wanted`);
  return Number(text);
}

export const randomSeed = (): bigint => randomBytes(8).readBigUInt64LE();

/** Settings as they were typed; `missing` gives the seeds that were not. Throws UsageError. */
export function readSettings(values: Values, missing: (name: 'core' | 'disp') => bigint): GameSettings {
  const { core, disp, lgen, reseed, character, options, clock, debug } = values;
  return {
    seeds: {
      core: core === undefined ? missing('core') : seed('core', core),
      disp: disp === undefined ? missing('disp') : seed('disp', disp),
      ...(lgen === undefined ? {} : { lgen: seed('lgen', lgen) }),
      reseed,
    },
    ...(character === undefined ? {} : { character }),
    ...(options === undefined ? {} : { options }),
    ...(clock === undefined ? {} : { clock: wholeNumber('clock', clock) }),
    debug,
    spawnMonsters: !values['no-monsters'],
    screenDescriptions: !values['no-descriptions'],
  };
}

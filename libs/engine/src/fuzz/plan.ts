import type { FieldName } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import { CHALLENGE_OPTIONS, composeOptions } from '../options.ts';
import type { GameSettings } from '../settings.ts';
import { Random } from './random.ts';

/** One game of a run; seed and index say all about it. */
export interface GamePlan {
  readonly index: number;
  readonly settings: GameSettings;
  /** What the other way of running is asked to show: a choice of fields must not change a game. */
  readonly otherFields: readonly FieldName[];
  /** Keys it may take, if its hero lives so long. */
  readonly keys: number;
}

/** A character of each role that NetHack takes as it is. */
const CHARACTERS = [
  ['arc-hum-law-fem', 'arc-dwa-law-mal', 'arc-gno-neu-mal'],
  ['bar-hum-neu-fem', 'bar-orc-cha-mal'],
  ['cav-hum-law-mal', 'cav-dwa-law-fem', 'cav-gno-neu-fem'],
  ['hea-hum-neu-mal', 'hea-gno-neu-fem'],
  ['kni-hum-law-mal'],
  ['mon-hum-neu-mal', 'mon-hum-cha-fem', 'mon-hum-law-fem'],
  ['pri-hum-law-mal', 'pri-hum-neu-fem', 'pri-elf-cha-fem'],
  ['rog-hum-cha-mal', 'rog-orc-cha-fem'],
  ['ran-hum-neu-mal', 'ran-elf-cha-fem', 'ran-gno-neu-fem', 'ran-orc-cha-mal'],
  ['sam-hum-law-fem'],
  ['tou-hum-neu-mal'],
  ['val-hum-neu-fem', 'val-dwa-law-fem'],
  ['wiz-hum-neu-mal', 'wiz-elf-cha-fem', 'wiz-gno-neu-mal', 'wiz-orc-cha-mal'],
] as const;

/** Options beside the challenge's; those that draw, ask or count differently. */
const EXTRAS = [
  'hilite_status:hitpoints/<50%/red&inverse',
  'hitpointbar,statushilites:10',
  'hilite_pet,hilite_pile,use_darkgray',
  'menustyle:traditional',
  'menustyle:combination,sortloot:full',
  'number_pad:1',
  'symset:DECgraphics',
  'symset:IBMgraphics',
  'standout,!verbose',
  'legacy',
  'perm_invent,force_invmenu',
  'autodig,lootabc,paranoid_confirmation:all',
  'runmode:run,!autopickup',
  'playmode:explore',
  'pettype:none',
  'tombstone,toptenwin',
] as const;

/** Six, fourteen, seventeen and a random choice: what agents ask for. */
function chooseFields(random: Random): FieldName[] {
  const names = FIELDS.map(({ name }) => name);
  switch (random.below(4)) {
    case 0:
      return names.slice(0, 6);
    case 1:
      return names.filter((name) => name !== 'screen_descriptions' && name !== 'internal');
    case 2:
      return names;
    default:
      return names.filter(() => random.chance(50));
  }
}

/** Most games are some hundred keys long; one in twenty runs for as long as it can, to show what grows. */
function chooseLength(random: Random): number {
  return random.chance(5) ? 20_000 : 200 + random.below(1800);
}

/** Game `index` of the run with this seed: every role in turn, debug mode every third time. */
export function planGame(seed: number, index: number): GamePlan {
  const random = new Random(seed, index);
  const role = CHARACTERS[index % CHARACTERS.length] ?? CHARACTERS[0];
  const character = random.chance(10) ? '@' : random.pick(role);
  const debug = index % 3 === 2;
  // of two playmodes the first holds
  const extras = debug ? EXTRAS.filter((option) => !option.startsWith('playmode')) : EXTRAS;
  const extra = random.chance(40) ? `,${random.pick(extras)}` : '';
  const options = composeOptions(CHALLENGE_OPTIONS + extra, character, debug);
  return {
    index,
    settings: {
      seeds: {
        core: random.seed(),
        disp: random.seed(),
        reseed: random.chance(10),
        ...(random.chance(20) ? { lgen: random.seed() } : {}),
      },
      options,
      debug,
      spawnMonsters: random.chance(85),
      // without, the step way shows the field all the same and the other way mostly does not
      screenDescriptions: index % 2 === 0,
      // 1970 to 2037: moons, Fridays the 13th and nights among them
      clock: random.bits() >>> 1,
    },
    otherFields: chooseFields(random),
    keys: chooseLength(random),
  };
}

import {
  type Engine,
  type Game,
  type GameSettings,
  completeSettings,
  inPlay,
  SCORE_FIELDS,
} from '@arena/engine';
import type { GameSpecification } from '@arena/evaluation';

const META = 0x80;
const SPACE = 32;
const ESCAPE = 27;
const ENTER = 13;
const byte = (letter: string): number => letter.charCodeAt(0);

/** A way to end a game by its own rules: which key comes next, until it is over. */
interface Ending {
  readonly name: string;
  readonly character: string;
  /** Keys, over and over. */
  readonly keys: readonly number[];
  /** In debug mode, in which keys do what a game would take days for; nothing is met on the way. */
  readonly debug?: true;
}

const SEEDS = { core: 42n, disp: 42n };

const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const CTRL = 0x1f;
const control = (letter: string): number => byte(letter) & CTRL;

/**
 * The level teleport of debug mode has the Astral Plane on its second page, and hands out the Amulet of Yendor on the way (e); `_` takes
 * the cursor to the next of the three altars, of which the third is this game's own god's.
 */
const TO_THE_ALTAR = [
  ...[control('v'), byte('?'), ENTER, byte('>'), byte('J'), ENTER, SPACE, SPACE, control('f'), SPACE],
  ...[control('t'), ...letters('___.'), SPACE, SPACE],
];

/**
 * A god that is prayed to without end strikes the hero dead; M-q quits; who climbs the stairs on which every game begins
 * escapes the dungeon. Who offers the Amulet on the Astral Plane ascends. Escape and space leave what is asked in between.
 */
const ENDINGS: readonly Ending[] = [
  {
    name: 'death',
    character: 'val-hum-neu-fem',
    keys: [META | byte('p'), byte('y'), SPACE, SPACE, SPACE, SPACE, SPACE],
  },
  { name: 'quit', character: 'wiz-elf-cha-mal', keys: [META | byte('q'), byte('y')] },
  { name: 'escape', character: 'tou-hum-neu-mal', keys: [byte('<'), byte('y')] },
  {
    name: 'ascension',
    character: 'val-hum-neu-fem',
    debug: true,
    keys: [...TO_THE_ALTAR, META | byte('o'), byte('e'), ...Array<number>(8).fill(SPACE)],
  },
];

/** The longest takes some hundred keys; a script that goes on for ever would be a fault of ours. */
const MOST_KEYS = 20_000;

const settingsOf = (character: string, debug = false): GameSettings => ({
  ...{ seeds: SEEDS, character },
  ...(debug ? { debug, spawnMonsters: false } : {}),
});

function start(engine: Engine, settings: GameSettings): Game {
  const game = engine.newGame({ ...settings, fields: [...SCORE_FIELDS] });
  while (!inPlay(game.observation)) game.step(SPACE);
  return game;
}

function specification(name: string, settings: GameSettings, keys: Uint8Array): GameSpecification {
  const { seeds, character, options, clock } = completeSettings(settings);
  return { id: name, seeds, character, options, clock, from: { settings, keys } };
}

/** A game whose end has begun: NetHack asks its last questions, and what is answered ends it. */
function ending(engine: Engine, { name, character, keys, debug }: Ending): GameSpecification {
  const settings = settingsOf(character, debug);
  const game = start(engine, settings);
  try {
    for (let i = 0; i < MOST_KEYS; i++) {
      const goesOn = game.step(keys[i % keys.length] ?? ESCAPE);
      // one that ends without a question is handed over before its last key
      if (!goesOn) return specification(name, settings, game.tape.slice(0, -1));
      if (!inPlay(game.observation)) return specification(name, settings, game.tape.slice());
    }
  } finally {
    game.dispose();
  }
  throw new Error(`the script for ${name} did not end its game within ${MOST_KEYS} keys`);
}

/** Games that are about to end by NetHack's own rules, one a kind. */
export const endingGames = (engine: Engine): GameSpecification[] =>
  ENDINGS.map((each) => ending(engine, each));

/** Verdicts of single games, after which the process goes on. */
const VERDICTS = ['time_bank', 'invalid_action'] as const;
/** Few, so that games beside them outlast it. */
const KEYS_BEFORE_VERDICT = 10;

/** Games that the platform ends by a verdict, one a kind, whatever the agent does: how it is told is the same. */
export function judgedGames(): GameSpecification[] {
  return VERDICTS.map((verdict) => ({
    ...specification(verdict, settingsOf('val-hum-neu-fem'), new Uint8Array()),
    judged: { steps: KEYS_BEFORE_VERDICT, verdict },
  }));
}

/** A game that shows its inventory: whatever key comes, no game time passes. */
export function idleGame(engine: Engine): GameSpecification {
  const settings = settingsOf('val-hum-neu-fem');
  const game = start(engine, settings);
  try {
    game.step(byte('i'));
    return specification('no progress', settings, game.tape.slice());
  } finally {
    game.dispose();
  }
}

/**
 * What an agent for NetHack Arena is, as types. The entry of a node agent exports `createAgent`:
 *
 * ```ts
 * import type { AgentContext, Agent } from '@arena/agent';
 * export function createAgent({ key }: AgentContext): Agent {
 *   const more = key('MORE');
 *   const search = key('SEARCH');
 *   return { act: ({ misc }) => (misc[2] ? more : search) };
 * }
 * ```
 *
 * Standard output belongs to the protocol: `console.log` writes to standard error here, and its last 16 KiB
 * are shown to you when your agent fails. The contract in full: docs/AGENTS.md.
 */

import type { KeyOf } from './action-names.ts';

/** One of the 121 actions of the NetHack Challenge. What an agent answers is `key`; several actions may share one. */
export interface Action {
  /** 0…120, the position in `context.actions`. */
  index: number;
  /** The group it belongs to, e.g. `CompassDirection`. */
  set: string;
  /** Unique within its set, e.g. `N`. */
  name: string;
  /** 0…255, the byte NetHack reads. */
  key: number;
}

/** The observation's fields, little endian and row by row; an agent gets those its arena.json lists. */
export interface ObservationFields {
  /** 21×79 map: glyph numbers. */
  glyphs: Int16Array;
  /** 21×79 map: the character drawn. */
  chars: Uint8Array;
  /** 21×79 map: its colour. */
  colors: Uint8Array;
  /** 21×79 map: special bits of the glyph. */
  specials: Uint8Array;
  /** 27 status figures: x, y, strengths, …, score [9], hp [10], depth [12], turns [20]. */
  blstats: Int32Array;
  /** 256 bytes, zero padded: the message line. */
  message: Uint8Array;
  /** 6: gameover, panicking, exiting, in_moveloop, in_impossible, something_worth_saving. */
  program_state: Int32Array;
  /** 9: deepest level reached, the three of misc, on a down staircase, 0, 0, hunger, experience points. */
  internal: Int32Array;
  /** 55: glyphs of the inventory. */
  inv_glyphs: Int16Array;
  /** 55: letters of the inventory, 0 where empty. */
  inv_letters: Uint8Array;
  /** 55: object classes of the inventory. */
  inv_oclasses: Uint8Array;
  /** 55×80: descriptions of the inventory, zero padded. */
  inv_strs: Uint8Array;
  /** 21×79×80: what each cell of the map is in words. 132,720 bytes: ask for it only if you read it. */
  screen_descriptions: Uint8Array;
  /** 24×80: the terminal's characters. */
  tty_chars: Uint8Array;
  /** 24×80: its colours, +8 bold, +16 reverse. */
  tty_colors: Int8Array;
  /** Row and column of the cursor. */
  tty_cursor: Uint8Array;
  /** In a yes/no question, in line input, waiting at --More--. */
  misc: Int32Array;
  /** In words: what the game says and waits for, menus and pages included. */
  text_message: string;
  /** In words: hit points, attributes, where the hero is, what ails. */
  text_status: string;
  /** In words: one line a thing, its letter first. */
  text_inventory: string;
  /** In words: the squares beside the hero, monsters, objects and places, with directions and distances. */
  text_surroundings: string;
}

export type FieldName = keyof ObservationFields;

/**
 * What the agent sees before one key. The fields are views on the received frame: the next frame overwrites
 * them, so copy (`slice()`) what must last. A field that arena.json does not list throws when read.
 */
export interface Observation extends Readonly<ObservationFields> {
  /** 0…gamesAtOnce-1: the place this game is played in; the next game in it has another episode. */
  readonly slot: number;
  /** Counts the games of a slot, from 0. */
  readonly episode: number;
  /** Keys this agent has answered in this game so far. */
  readonly step: number;
  /** Sum of the rewards so far: the score the board will show. */
  readonly score: number;
  /** True on the first observation of a game. */
  readonly newGame: boolean;
}

/** What is known of a game when it begins. */
export interface GameInfo {
  readonly slot: number;
  readonly episode: number;
  /**
   * 32 bits, the same each time this game is played, whatever is played beside it. Draw your random numbers from it
   * and your agent plays the same game again; it says nothing about the game's own seeds.
   */
  readonly seed: number;
}

/** What is said when a game is over; the game's seeds are never told. */
export interface GameOver {
  readonly slot: number;
  readonly episode: number;
  /** Why: `game_over`, `step_limit`, `no_progress`, or a verdict such as `time_bank` or `invalid_action`. */
  readonly reason: string;
  readonly score: number;
  readonly turns: number;
  readonly steps: number;
  readonly ascended: boolean;
}

/** The limits in force, in the units their names say. */
export interface AgentLimits {
  readonly maxSteps: number;
  readonly noProgressSteps: number;
  readonly stepTimeoutMs: number;
  readonly timeBankMs: number;
  readonly startTimeoutMs: number;
  readonly memoryMiB: number;
  readonly processes: number;
  readonly outputBytesPerFrame: number;
  readonly tmpMiB: number;
  /** A game in all, whoever is at work. */
  readonly wallMs?: number;
  /** The agent's own time for all games of an evaluation. */
  readonly evaluationTimeMs?: number;
  readonly outputBytesPerGame?: number;
  readonly openFiles?: number;
  /** In percent of one processor. */
  readonly cpuPercent?: number;
}

export interface FieldInfo {
  readonly name: FieldName;
  readonly dtype: 'int8' | 'uint8' | 'int16' | 'int32';
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** What an agent is told before its first game. */
export interface AgentContext {
  /** The 121 actions in their order. */
  readonly actions: readonly Action[];
  /**
   * An action's key by its name, `key('SEARCH')`, or by its set and its name, `key('CompassDirection', 'N')`. Throws a RangeError
   * for what is no name, and for one that several actions have.
   */
  readonly key: KeyOf;
  /** 0…2^32-1, differs from process to process; for games prefer {@link GameInfo.seed}. */
  readonly seed: number;
  /** The fields that arena.json asked for, in the platform's order. */
  readonly fields: readonly FieldInfo[];
  readonly limits: AgentLimits;
  /** How many games are played at once at most. */
  readonly gamesAtOnce: number;
  /** `engine` is its id: games are the same on the same engine. */
  readonly versions: { readonly platform: string; readonly nethack: string; readonly engine: string };
}

interface Listener {
  /** A game begins in this slot; called before its first observation. */
  reset?(slot: number, info: GameInfo): void | Promise<void>;
  /**
   * What the key that ended the game led to: of a game that ended by itself NetHack's last screen in the `tty_` fields, with the map and
   * the status figures cleared. Called before `gameOver`; no answer is due. Not called where no key ended the game (a time limit, an
   * invalid action). An agent without this method is not shown it, and its views keep what they showed last.
   */
  seeLast?(observation: Observation): void | Promise<void>;
  /** The game of this slot is over. */
  gameOver?(over: GameOver): void | Promise<void>;
}

/** Plays each game by itself. `act` answers one key (a byte), at once or as a promise. */
export interface Agent extends Listener {
  act(observation: Observation): number | Promise<number>;
}

/** Plays all games of a frame together: one key for each observation, in their order. */
export interface BatchAgent extends Listener {
  actBatch(observations: readonly Observation[]): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** The function each entry exports by the name `createAgent`; loading a model belongs here (limits.startTimeoutMs). */
export type CreateAgent = (
  context: AgentContext,
) => Agent | BatchAgent | Promise<Agent> | Promise<BatchAgent>;

export { keysByName, type KeyOf } from './action-names.ts';
export { loadModel, type Model } from './onnx/load-model.ts';
export { ModelError } from './onnx/model-error.ts';
export type { ModelOptions, ModelTensor, TensorInfo } from './onnx/session.ts';
export type { ElementType, Elements } from './onnx/elements.ts';

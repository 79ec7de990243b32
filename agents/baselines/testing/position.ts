/**
 * Positions of games, kept as the keys that lead to them, and what explorer does in them. Most are explorer's own games; what
 * none of these showed is brought about by debug mode (staged.ts).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Engine, Game, GameSettings } from '@arena/engine';
import { readInventory, type Item } from '../explorer/perception/inventory.ts';
import { Status } from '../explorer/perception/status.ts';
import { TERRAIN } from '../explorer/perception/terrain.ts';
import { Player } from '../explorer/player.ts';
import type { Seen, World } from '../explorer/world.ts';

export interface Position {
  /** The behaviour that it is about: `by` of its commands. */
  readonly by: string;
  /** Seed of the game; the one of what is shown is one more. */
  readonly seed: number;
  readonly character: string;
  /** Debug mode brings about what no game of explorer's showed. */
  readonly debug?: boolean;
  /** Raw deflate, base64. */
  readonly keys: string;
}

/** What a player sees at one moment, kept. */
export interface Look {
  readonly status: Status;
  readonly items: readonly Item[];
  readonly dungeon: number;
  readonly gold: number;
  /** Moves to the nearest foe; Infinity if there is none. */
  readonly nearestFoe: number;
  /** Where nobody should go: a shop, above all. */
  readonly inShop: boolean;
  /** Squares of the level whose ground is known. */
  readonly known: number;
}

export interface Shown {
  /** When the behaviour decided. */
  readonly before: Look;
  /** When another one did, or after {@link LONGEST} keys. */
  readonly after: Look;
  /** All that the game said between. */
  readonly said: string;
  /** The behaviour that decided next; the same one if it went on for {@link LONGEST} keys. */
  readonly next: string;
}

export const FIELDS = [
  ...(['glyphs', 'blstats', 'message', 'inv_letters', 'inv_oclasses', 'inv_strs'] as const),
  ...(['tty_chars', 'tty_cursor', 'misc'] as const),
];
/** Keys that explorer, who sees the game for the first time, has to come to the behaviour. */
const MOST_KEYS = 400;
/** Keys that the behaviour may go on for. */
const LONGEST = 120;

export const packed = (keys: readonly number[]): string =>
  deflateRawSync(Uint8Array.from(keys), { level: 9 }).toString('base64');

export function settingsOf({ seed, character, debug = false }: Omit<Position, 'keys' | 'by'>): GameSettings {
  return { seeds: { core: BigInt(seed), disp: BigInt(seed + 1) }, character, debug, fields: FIELDS };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replaceAll(/\0.*/gs, '');

function look({ blstats, inv_letters, inv_oclasses, inv_strs }: Seen, { level, hostiles }: World): Look {
  const status = new Status(blstats.slice());
  return {
    status,
    items: readInventory(inv_letters.slice(), inv_oclasses.slice(), inv_strs.slice()),
    ...{ dungeon: blstats[23] ?? 0, gold: blstats[13] ?? 0 },
    nearestFoe: hostiles[0]?.distance ?? Infinity,
    inShop: level.hasShop && level.forbidden[status.cell] === 1,
    known: level.terrain.reduce((sum, terrain) => sum + Number(terrain !== TERRAIN.unknown), 0),
  };
}

/** Lets explorer go on from a position by itself until a behaviour decided and was done; null if it did not come to it. */
export function play(engine: Engine, position: Position): Shown | null {
  const game = engine.newGame(settingsOf(position));
  try {
    for (const key of inflateRawSync(Buffer.from(position.keys, 'base64'))) game.step(key);
    return show(game, position.by);
  } finally {
    game.dispose();
  }
}

/** The same with a game that is in the position already. */
export function show(game: Game, by: string): Shown | null {
  const player = new Player(1);
  let before: Look | null = null;
  const said = new Set<string>();
  let left = MOST_KEYS;
  while (!game.ended && left-- > 0) {
    const key = player.act(game.observation);
    if (before !== null && player.doing !== by) break;
    if (before === null && player.doing === by) {
      before = look(game.observation, player.world);
      left = LONGEST;
    }
    game.step(key);
    if (before !== null) said.add(textOf(game.observation.message));
  }
  if (before === null) return null;
  const after = look(game.observation, player.world);
  return { before, after, said: [...said].join(' '), next: player.doing };
}

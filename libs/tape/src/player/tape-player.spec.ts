import { Engine, type Observation } from '@arena/engine';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordTape } from '../proof/record.ts';
import type { Tape } from '../tape.ts';
import { longTape, wanderingTape } from '../testing/games.ts';
import { type PlayerOptions, TapePlayer } from './tape-player.ts';

let engine: Engine;
let long: Tape;
let ended: Tape;
/** The screens of the long game, each as it was seen when it was played straight through. */
let screens: string[];
const opened: TapePlayer[] = [];

const screenOf = ({ tty_chars, tty_colors, tty_cursor }: Observation): string =>
  [tty_chars, tty_colors, tty_cursor]
    .map((view) => Buffer.from(view.buffer, view.byteOffset, view.length).toString('latin1'))
    .join('|');

function open(tape: Tape, options?: PlayerOptions): TapePlayer {
  const player = new TapePlayer(engine, tape, options);
  opened.push(player);
  return player;
}

beforeAll(async () => {
  engine = await Engine.load();
  long = longTape(engine, 8000);
  ended = wanderingTape(engine, 77, 20_000);
  screens = [];
  const game = engine.newGame(long.settings);
  screens.push(screenOf(game.observation));
  for (const key of long.keys) {
    game.step(key);
    screens.push(screenOf(game.observation));
  }
  game.dispose();
});
afterEach(() => {
  for (const player of opened.splice(0)) player.dispose();
});

describe('TapePlayer', () => {
  it('shows the same screen whichever way a position is reached', () => {
    const player = open(long);
    fc.assert(
      fc.property(fc.nat(long.keys.length), (position) => {
        expect(player.seek(position)).toBe(true);
        expect(player.position).toBe(position);
        expect(screenOf(player.observation)).toBe(screens[position]);
      }),
      { numRuns: 300 },
    );
  });

  it('does so with so little room that snapshots are thinned out', () => {
    const memoryBytes = 2 * 2 ** 20;
    const player = open(long, { memoryBytes });
    player.seek(long.keys.length);
    expect(player.memory.bytes).toBeLessThanOrEqual(memoryBytes);
    for (const position of [0, 7999, 1, 4000, 8000, 3999, 2001])
      expect(player.seek(position) && screenOf(player.observation) === screens[position]).toBe(true);
    expect(player.memory.bytes).toBeLessThanOrEqual(memoryBytes);
  });

  it('goes back with the figures of then', () => {
    const player = open(ended);
    const seen = [0, 300, 700].map((position) => {
      player.seek(position);
      return player.figures.clone();
    });
    player.seek(ended.keys.length);
    expect(player.figures).toMatchObject(ended.figures);
    for (const [i, position] of [0, 300, 700].entries()) {
      player.seek(position);
      expect(player.figures).toEqual(seen[i]);
    }
  });

  it("shows NetHack's last screen once the game has ended", () => {
    const player = open(ended);
    player.seek(ended.keys.length - 1);
    expect(player.over).toBe(false);
    const before = screenOf(player.observation);
    player.seek(ended.keys.length);
    expect(player.over).toBe(true);
    expect(screenOf(player.observation)).not.toBe(before);
    expect(Buffer.from(player.observation.tty_chars).toString('latin1')).toMatch(
      /You made the top ten list!/,
    );
    expect(player.key).toBe(ended.keys.at(-1));
    expect(player.figures).toMatchObject(ended.figures);
    player.seek(0);
    expect([player.over, player.key]).toEqual([false, null]);
  });

  it('ends at an engine fault and comes back from it', () => {
    const panic = Uint8Array.from(Buffer.from('  #panic\ry'));
    const player = open(recordTape(engine, long.settings, panic));
    player.seek(panic.length - 1);
    const before = screenOf(player.observation);
    player.seek(panic.length);
    expect(player.over).toBe(true);
    expect(screenOf(player.observation)).toBe(before);
    player.seek(2);
    expect([player.over, player.position]).toEqual([false, 2]);
    player.seek(panic.length);
    expect(player.over).toBe(true);
  });

  it('stops on the way when told, and goes on from there', () => {
    const player = open(long);
    expect(player.seek(600, () => false)).toBe(false);
    expect(player.position).toBe(64);
    expect(player.seek(600)).toBe(true);
    expect(screenOf(player.observation)).toBe(screens[600]);
  });

  it('brings other positions into the game', () => {
    const player = open(long);
    player.seek(-5);
    expect(player.position).toBe(0);
    player.seek(Infinity);
    expect(player.position).toBe(long.keys.length);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { ACTIONS, DEFAULT_CLOCK, Engine } from '@arena/engine';
import type { Tape } from '@arena/tape';
import { ChallengeGame } from '../challenge-game.ts';
import { STREAM_FIELDS, chunkBytes, chunks } from './chunks.ts';
import { isMistake } from '../rehearsal/noise.ts';
import { agentGameSeed } from '../seeds.ts';
import { NO_ACTION, RECORDED, momentsOf } from './lane.ts';
import { shuffles } from './stream.ts';

const KEYS = 'jjllFh20s,\x1biekkyu:';

interface Played {
  readonly tape: Tape;
  /** What the agent saw before each key, all recorded fields' bytes in hexadecimal digits. */
  readonly seen: readonly string[];
}

const hex = (view: ArrayBufferView): string =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');

describe('a stream of taped games', () => {
  let engine: Engine;
  let games: Played[];

  function play(core: bigint, keys: number): Played {
    const specification = {
      ...{ id: '0', seeds: { core, disp: 1n }, character: '@', options: '', clock: DEFAULT_CLOCK },
    };
    const game = new ChallengeGame(engine, specification, RECORDED, CHALLENGE_LIMITS);
    const seen: string[] = [];
    for (let i = 0; i < keys; i++) {
      seen.push(RECORDED.map((name) => hex(game.field(name))).join());
      game.step(KEYS.charCodeAt(i % KEYS.length));
    }
    const { tape } = game;
    game.dispose();
    return { tape, seen };
  }

  beforeAll(async () => {
    engine = await Engine.load();
    games = [play(1n, 30), play(2n, 17)];
  });

  it('holds what the agent saw, and what it answered', () => {
    for (const { tape, seen } of games) {
      const moments = [...momentsOf(engine, tape, 'a tape')].length;
      expect(moments).toBe(seen.length);
      let previous = NO_ACTION;
      let step = 0;
      for (const moment of momentsOf(engine, tape, 'a tape')) {
        expect(RECORDED.map((name) => hex(moment.observation[name])).join()).toBe(seen[step]);
        expect(ACTIONS[moment.action]?.key).toBe(KEYS.charCodeAt(step % KEYS.length));
        expect(moment).toMatchObject({ previous, newGame: step === 0 });
        previous = moment.action;
        step++;
      }
    }
  });

  it('is cut into chunks; a lane takes the next tape where one is over', async () => {
    const shape = { lanes: 2, steps: 10 };
    let taken = 0;
    const next = () =>
      Promise.resolve({ name: 'a tape', noise: 0, tape: (games[taken++ % 2] as Played).tape });
    const beginnings: [number, number][] = [];
    const answers: number[][] = [[], []];
    const glyphs: string[] = [];
    let number = 0;
    for await (const chunk of chunks(engine, next, shape)) {
      expect(chunk).toHaveLength(chunkBytes(shape));
      const cells = shape.lanes * shape.steps;
      const at = (name: string): number => {
        const index = STREAM_FIELDS.findIndex((field) => field.name === name);
        return STREAM_FIELDS.slice(0, index).reduce((sum, { bytes }) => sum + bytes * cells, 0);
      };
      for (let place = 0; place < cells; place++) {
        const lane = place % shape.lanes;
        if (chunk[at('new_game') + place] === 1)
          beginnings.push([lane, number * shape.steps + Math.floor(place / shape.lanes)]);
        answers[lane]?.push(ACTIONS[chunk[at('action') + place] ?? -1]?.key ?? -1);
        if (lane === 0)
          glyphs.push(hex(chunk.subarray(at('glyphs') + place * 3318, at('glyphs') + (place + 1) * 3318)));
      }
      if (++number === 4) break;
    }
    // Lane 0: 30 moments of the first game, then the next one; lane 1: 17 of the second.
    expect(beginnings.filter(([lane]) => lane === 0).map(([, step]) => step)).toEqual([0, 30]);
    expect(beginnings.filter(([lane]) => lane === 1)[1]).toEqual([1, 17]);
    const typed = (length: number) => Array.from({ length }, (_, i) => KEYS.charCodeAt(i % KEYS.length));
    expect(answers[0]?.slice(0, 30)).toEqual(typed(30));
    expect(answers[1]?.slice(0, 17)).toEqual(typed(17));
    expect(glyphs.slice(0, 30)).toEqual(games[0]?.seen.map((fields) => fields.split(',')[0]));
  });

  it('leaves out mistakes, and nothing else', () => {
    const { tape } = games[0] as Played;
    const seed = agentGameSeed(tape.settings.seeds);
    const taught = [...momentsOf(engine, tape, 'a tape', 0.3)].map((moment) => moment.taught);
    expect(taught).toEqual(Array.from({ length: 30 }, (_, step) => !isMistake(seed, step, 0.3)));
    expect(taught).toContain(false);
    expect([...momentsOf(engine, tape, 'a tape')].every((moment) => moment.taught)).toBe(true);
  });

  it('refuses tapes of another engine and keys that are no actions', () => {
    const { tape } = games[0] as Played;
    const of = (changed: Partial<Tape>) => () => [...momentsOf(engine, { ...tape, ...changed }, 'x.tape')];
    expect(of({ engineId: '00' })).toThrow(
      /x\.tape was recorded by the engine 00, this is .*make the tapes again/,
    );
    expect(of({ keys: Uint8Array.from([...tape.keys, 200]) })).toThrow(
      /x\.tape: key \d+, 200, is no action's/,
    );
  });

  it('takes each tape once before any comes again, in an order of its seed', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const take = (seed: number): string[] => {
      const order = shuffles(names, seed);
      return Array.from({ length: 14 }, () => order.next().value);
    };
    const order = take(1);
    expect(order.slice(0, 7).sort()).toEqual(names);
    expect(order.slice(7).sort()).toEqual(names);
    expect(take(1)).toEqual(take(1));
    expect(take(2)).not.toEqual(take(1));
  });
});

import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { Engine, EngineError } from '@arena/engine';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { verify } from '@arena/tape';
import { Control } from './control.ts';
import { Seat } from './seat.ts';
import type { GameSpecification } from './specification.ts';

const LIMITS: Limits = {
  ...{ maxSteps: 200, noProgressSteps: 10_000, stepTimeoutMs: 1000, timeBankMs: 1000, startTimeoutMs: 1000 },
  ...{ memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
};
const GAME: GameSpecification = {
  ...{
    id: 'game',
    seeds: gameSeeds(Buffer.alloc(32, 9), 0),
    character: '@',
    options: '',
    clock: 1_623_758_400,
  },
};
const DEBUG: GameSpecification = {
  ...GAME,
  options: 'name:Agent-val-hum-neu-fem,playmode:debug,pettype:none',
};
const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')];
/** Twenty moves, then NetHack's #panic of debug mode, which is asked about once. */
const PANIC = letters(`${'hjkl'.repeat(5)}#panic\ry`);

let engine: Engine;
const { port1, port2 } = new MessageChannel();
beforeAll(async () => {
  engine = await Engine.load();
});
afterAll(() => {
  port1.close();
});

function seatOf(game: GameSpecification): Seat {
  const manifest = validateManifest({
    ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
    ...{ fields: ['blstats'], gamesAtOnce: 1, authors: ['test'] },
  });
  return new Seat(game, 0, 0, {
    engine,
    data: {
      ...{ control: new Control().buffer, watch: port2, manifest, games: [game], limits: LIMITS },
      ...{ mostSteps: Infinity, sandbox: 'none', looksForAnswers: false },
    },
    beat: () => undefined,
  });
}

function faultOf(run: () => void): EngineError {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('the engine did not fail');
}

const give = (seat: Seat, keys: readonly number[]): void => {
  for (const key of keys) seat.step(key);
};

describe('a game whose engine fails', () => {
  it('goes on where the fault does not come again, as if there had been none', () => {
    const keys = letters('hjklyubnss');
    const sound = seatOf(GAME);
    sound.begin();
    give(sound, keys);
    const seat = seatOf(GAME);
    seat.begin();
    give(seat, keys.slice(0, 6));
    // What a bit that flips in the machine's memory may do: the suspended game is noise.
    new Uint8Array(seat.game.observation.glyphs.buffer, 262_144).fill(0);
    give(seat, keys.slice(6));
    const [found, expected] = [seat, sound].map((each) => each.result('step_limit', null));
    expect(found).toMatchObject({ verdict: 'ok', steps: 10, score: expected?.score });
    expect(found?.tape).toEqual(expected?.tape);
  });

  it('ends as engine_error with its score so far where the same keys bring it about again', () => {
    const before = seatOf(DEBUG);
    before.begin();
    give(before, PANIC.slice(0, -1));
    const seat = seatOf(DEBUG);
    seat.begin();
    const result = seat.failed(
      faultOf(() => {
        give(seat, PANIC);
      }),
    );
    expect(result).toMatchObject({
      ...{ verdict: 'engine_error', endReason: 'agent', steps: PANIC.length },
      ...{ score: before.game.score, turns: before.game.turns, deepestLevel: 1, death: null },
    });
    expect(result.verdictReason).toMatch(/failed at key 28 of this game and failed again .*NetHack gave up/);
    // The tape shows the fault to whoever plays it again.
    expect(result.tape?.end).toEqual({ kind: 'fault' });
    expect(result.tape && verify(result.tape, engine)).toMatchObject({ same: true });
  });

  it('ends as engine_error with a score of 0 where it cannot be started', () => {
    const from = { settings: { seeds: GAME.seeds, fuel: 1000 }, keys: new Uint8Array() };
    const seat = seatOf({ ...GAME, from });
    const result = seat.unplayed(
      faultOf(() => {
        seat.begin();
      }),
    );
    expect(result).toMatchObject({ verdict: 'engine_error', score: 0, steps: 0, tape: null });
  });

  it('is nobody’s game where its settings are none that the engine takes', () => {
    const seat = seatOf({ ...GAME, options: 'no_such_option' });
    const result = seat.unplayed(
      faultOf(() => {
        seat.begin();
      }),
    );
    expect(result.verdict).toBe('sandbox_error');
  });
});

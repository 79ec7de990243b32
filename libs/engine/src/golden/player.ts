import type { FieldName, Observation } from '@arena/nle-wasm';
import type { GameEnd } from '../end.ts';
import type { Engine } from '../engine.ts';
import type { GameSettings } from '../settings.ts';
import type { Crc32 } from './digest.ts';
import { fieldCrcs, stepCrc } from './digest.ts';
import type { GoldenGame } from './game-file.ts';

/** The synchronous step, or the host answering inside the call. */
export type Way = 'step' | 'host';

export interface Difference {
  /** Index of the first observation that differs. */
  readonly observation: number;
  /** Fields known to differ; empty where only the observation's digest was recorded. */
  readonly fields: readonly FieldName[];
  readonly message: string;
}

/** null: identical. */
export type Verdict = Difference | null;

export function goldenSettings(golden: GoldenGame): GameSettings {
  return {
    seeds: { core: BigInt(golden.core), disp: BigInt(golden.disp), reseed: golden.reseed },
    options: golden.options,
    debug: golden.wizard,
    spawnMonsters: golden.spawnMonsters,
    // a game whose recording lacks the field was played without requesting it
    screenDescriptions: golden.fields.includes('screen_descriptions'),
    clock: golden.clock,
  };
}

/** Compares observations one after another with the recorded digests, up to the first difference. */
class Comparison {
  private readonly golden: GoldenGame;
  private readonly crc32: Crc32;
  private seen = 0;
  difference: Difference | null = null;

  constructor(golden: GoldenGame, crc32: Crc32) {
    this.golden = golden;
    this.crc32 = crc32;
  }

  /** False once a difference was found. */
  check(observation: Observation): boolean {
    const index = this.seen;
    this.seen += 1;
    const { golden } = this;
    if (index >= golden.observations)
      return this.fail(index, [], `the recorded game has ended before observation ${String(index)}`);
    const crcs = fieldCrcs(observation, this.crc32, golden.fields);
    const fields: FieldName[] = [];
    if (index % golden.fieldEvery === 0) {
      const at = (index / golden.fieldEvery) * golden.fields.length;
      fields.push(...golden.fields.filter((_, field) => crcs[field] !== golden.fieldCrc[at + field]));
    }
    if (fields.length === 0 && stepCrc(crcs, this.crc32) === golden.stepCrc[index]) return true;
    const where =
      fields.length > 0
        ? fields.join(', ')
        : `fields unknown, recorded every ${String(golden.fieldEvery)} observations`;
    return this.fail(index, fields, `observation ${String(index)} differs: ${where}`);
  }

  private fail(observation: number, fields: readonly FieldName[], message: string): false {
    this.difference ??= { observation, fields, message };
    return false;
  }

  /** The observation after the key that ended the game. */
  checkLast(observation: Observation): void {
    const { fields, lastFieldCrc } = this.golden;
    if (this.difference !== null || lastFieldCrc === null) return;
    const crcs = fieldCrcs(observation, this.crc32, fields);
    const differing = fields.filter((_, field) => crcs[field] !== lastFieldCrc[field]);
    if (differing.length > 0)
      this.fail(this.seen, differing, `the observation after the end differs: ${differing.join(', ')}`);
  }

  /** After the last key: the same number of observations, and the same end. */
  verdict(end: GameEnd | null): Verdict {
    const { golden } = this;
    if (this.difference === null && this.seen !== golden.observations) {
      this.fail(
        this.seen,
        [],
        `the game ended after ${String(this.seen)} observations, recorded are ${String(golden.observations)}`,
      );
    }
    const expected = golden.done ? golden.howDone : null;
    if (this.difference === null && (end?.how ?? null) !== expected) {
      this.fail(
        this.seen,
        [],
        `the end is ${String(end?.how ?? 'none')}, recorded is ${String(expected ?? 'none')}`,
      );
    }
    return this.difference;
  }
}

function playStep(engine: Engine, golden: GoldenGame, crc32: Crc32): Verdict {
  const comparison = new Comparison(golden, crc32);
  const game = engine.newGame(goldenSettings(golden));
  let same = comparison.check(game.observation);
  for (const key of golden.tape) {
    if (!same || game.ended) break;
    if (game.step(key)) same = comparison.check(game.observation);
  }
  const { end } = game;
  if (game.ended) comparison.checkLast(game.observation);
  game.dispose();
  return comparison.verdict(end);
}

function playHost(engine: Engine, golden: GoldenGame, crc32: Crc32): Verdict {
  const comparison = new Comparison(golden, crc32);
  const { end, observation: last } = engine.play(goldenSettings(golden), (observation, step) =>
    comparison.check(observation) ? (golden.tape[step] ?? null) : null,
  );
  if (end !== null) comparison.checkLast(last);
  return comparison.verdict(end);
}

/** Plays a recorded game again; null when every observation and the end are the recorded ones. */
export function playGolden(engine: Engine, golden: GoldenGame, way: Way, crc32: Crc32): Verdict {
  return way === 'step' ? playStep(engine, golden, crc32) : playHost(engine, golden, crc32);
}

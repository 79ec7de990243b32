import { crc32 } from 'node:zlib';
import type { FieldName, Observation } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Game } from '../game.ts';
import { bytesOf } from '../game.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingKind } from './finding.ts';
import { keysOf } from './keys.ts';
import type { GamePlan } from './plan.ts';
import { Random } from './random.ts';

export interface PlayedGame {
  readonly keys: number;
  readonly branches: number;
  /** NetHack's name of the end; null: the keys were used up. */
  readonly end: string | null;
  /** Linear memory it held at last, in bytes. */
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

const ALL = FIELDS.map(({ name }) => name);
/** Debug mode's own #panic. */
const WANTED_FAULT = 'Crash test.';

function digest(observation: Observation, fields: readonly FieldName[]): number {
  return fields.reduce((crc, name) => crc32(bytesOf(observation[name]), crc), 0);
}

/** A stretch of the game that is to be played again from a snapshot. */
interface Branch {
  readonly snapshot: Snapshot;
  readonly keys: number[];
  /** The digest after each key; -1: the game ended. */
  readonly seen: number[];
  left: number;
}

/** Plays one game of a run: step by step, in branches from snapshots, and once more the host-answered way. */
class FuzzedGame {
  private readonly engine: Engine;
  private readonly plan: GamePlan;
  private readonly seed: number;
  /** Where branches begin and how long they are; the keys have a generator of their own. */
  private readonly random: Random;
  private readonly findings: Finding[] = [];
  /** After each observation, what the other way must show. */
  private readonly other: number[] = [];
  private branches = 0;

  constructor(engine: Engine, plan: GamePlan, seed: number) {
    this.engine = engine;
    this.plan = plan;
    this.seed = seed;
    this.random = new Random(seed ^ 0xb4a2c4, plan.index);
  }

  play(most: number): PlayedGame {
    const game = this.engine.newGame(this.plan.settings);
    const finished = this.step(game, Math.min(most, this.plan.keys));
    const bytes = game.fault === null ? game.memoryBytes : 0;
    game.dispose();
    this.playOtherWay(game.tape, game.fault);
    const end = game.end?.howName ?? null;
    return {
      keys: finished,
      branches: this.branches,
      end: game.fault === null ? end : 'FAULT',
      bytes,
      findings: this.findings,
    };
  }

  private step(game: Game, most: number): number {
    const { otherFields } = this.plan;
    const keys = keysOf(this.engine, this.plan, this.seed);
    let branch: Branch | null = null;
    this.other.push(digest(game.observation, otherFields));
    while (!game.ended && game.steps < most) {
      if (branch === null && this.random.chance(1))
        branch = { snapshot: game.snapshot(), keys: [], seen: [], left: 1 + this.random.below(64) };
      const key = keys.next(game.observation);
      let goesOn: boolean;
      try {
        goesOn = game.step(key);
      } catch (error) {
        this.note(error, game.tape);
        break;
      }
      if (goesOn) this.other.push(digest(game.observation, otherFields));
      if (branch === null) continue;
      branch.keys.push(key);
      branch.seen.push(goesOn ? digest(game.observation, ALL) : -1);
      branch.left -= 1;
      if (branch.left === 0 || !goesOn) {
        this.playBranch(branch, game.tape);
        branch = null;
      }
    }
    return game.steps;
  }

  private playBranch({ snapshot, keys, seen }: Branch, tape: Uint8Array): void {
    this.branches += 1;
    const again = this.engine.restore(snapshot);
    const at = keys.findIndex(
      (key, index) => (again.step(key) ? digest(again.observation, ALL) : -1) !== seen[index],
    );
    again.dispose();
    if (at < 0) return;
    const from = snapshot.tape.length;
    this.add(
      'restored game differs',
      `restored after ${String(from)} keys, key ${String(from + at + 1)} shows another observation`,
      tape,
    );
  }

  private playOtherWay(tape: Uint8Array, fault: EngineError | null): void {
    const { settings, otherFields } = this.plan;
    const differing: number[] = [];
    const policy = (observation: Observation, step: number): number | null => {
      if (digest(observation, otherFields) === this.other[step]) return tape[step] ?? null;
      differing.push(step);
      return null;
    };
    try {
      this.engine.play({ ...settings, fields: otherFields }, policy);
    } catch (error) {
      if (fault !== null && error instanceof EngineError && error.message === fault.message) return;
      this.note(error, tape);
    }
    const [differs] = differing;
    if (differs !== undefined)
      this.add(
        'other way differs',
        `observation ${String(differs)} with fields ${otherFields.join(' ')}`,
        tape,
      );
    else if (fault !== null) this.add('other way differs', 'it does not end in the fault', tape);
  }

  private note(error: unknown, tape: Uint8Array): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message.endsWith(WANTED_FAULT)) return;
    const isFault = error instanceof EngineError && error.code === 'engine_fault';
    this.add(isFault ? 'fault' : 'error', message, tape);
  }

  private add(kind: FindingKind, message: string, tape: Uint8Array): void {
    this.findings.push({ kind, message, game: { plan: this.plan, tape: tape.slice() } });
  }
}

/** Plays game `plan.index` of the run with this seed, for at most so many keys. Never throws for what it finds. */
export function fuzzGame(engine: Engine, plan: GamePlan, seed: number, most: number): PlayedGame {
  return new FuzzedGame(engine, plan, seed).play(most);
}

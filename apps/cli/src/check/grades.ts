import { plural, type Limits, type Verdict } from '@arena/contracts';
import type { GameResult, ShardReport } from '@arena/evaluation';
import { figure } from '@arena/report';
import { caution, fail, pass, type Outcome } from './outcome.ts';

/** What to do about each kind of failure. */
const REMEDIES: Record<Exclude<Verdict, 'ok'>, string> = {
  crashed: 'read the stack trace below; arena play AGENT --from TAPE@STEP goes back to the step before it',
  killed: 'the agent must not end itself by a signal, nor start more processes and threads than the limit',
  step_timeout: 'answer sooner, and load models before saying ready, within the start limit',
  time_bank: 'think less a step: the bank is for the whole game',
  out_of_memory: 'hold less in memory, or load a smaller model',
  output_limit: 'print to standard error; standard output belongs to the protocol',
  protocol_error: 'leave standard output to the SDK; print to standard error',
  invalid_action: "answer one of context.actions' keys (in Python its index, 0 to 120) for every observation",
  forbidden_call:
    'play without that call: agents need no tracing, mounting, namespaces, key rings or the like',
  engine_error:
    'nothing of yours: the game engine fails with these keys, every time. Report the tape; the score so far counts',
  sandbox_error: 'nothing of yours: the platform failed; run the check again',
};

type Played = Pick<GameResult, 'verdict' | 'verdictReason' | 'log' | 'steps'>;

/** Whether games went well; `what` tells which. */
export function gradeVerdicts(check: string, what: string, results: readonly Played[]): Outcome {
  const bad = results.find(({ verdict }) => verdict !== 'ok');
  if (bad === undefined) {
    const steps = results.reduce((sum, result) => sum + result.steps, 0);
    return pass(check, `${what}: ${plural(results.length, 'game')}, ${plural(steps, 'step')}`);
  }
  const lost = results.filter(({ verdict }) => verdict !== 'ok').length;
  const message = `${what}: ${bad.verdict} in ${lost} of ${plural(results.length, 'game')}: ${bad.verdictReason ?? ''}`;
  return fail(check, message, bad.verdict === 'ok' ? '' : REMEDIES[bad.verdict], bad.log);
}

/** Where two plays of the same games part: the first game and key that differ; null if they are the same. */
export function firstDifference(
  a: readonly Pick<GameResult, 'tape'>[],
  b: readonly Pick<GameResult, 'tape'>[],
): { readonly game: number; readonly key: number } | null {
  for (let game = 0; game < Math.max(a.length, b.length); game++) {
    const [one, two] = [a[game]?.tape?.keys ?? new Uint8Array(), b[game]?.tape?.keys ?? new Uint8Array()];
    for (let key = 0; key < Math.max(one.length, two.length); key++)
      if (one[key] !== two[key]) return { game, key };
  }
  return null;
}

const HALF = 0.5;
const MOST_OF = 0.8;

export function gradeStart({ startMs }: Pick<ShardReport, 'startMs'>, limits: Limits): Outcome {
  const words = `ready ${(startMs / 1000).toFixed(2)} s after its start; the limit is ${limits.startTimeoutMs / 1000} s`;
  return startMs < HALF * limits.startTimeoutMs
    ? pass('start time', words)
    : caution('start time', words, 'load less at the start: a busy worker may take twice as long');
}

/** A long game of the challenge; the explorer's median is a tenth of it. */
const LONG_GAME = 50_000;

export function gradeSteps(
  results: readonly Pick<GameResult, 'agentTimeMs' | 'steps'>[],
  limits: Limits,
): Outcome {
  const steps = results.reduce((sum, result) => sum + result.steps, 0);
  const ms = results.reduce((sum, { agentTimeMs }) => sum + agentTimeMs, 0) / Math.max(1, steps);
  const lasts = Math.floor(limits.timeBankMs / Math.max(ms, 1e-6));
  const words = `${figure(ms)} ms a step and game; the time bank of ${limits.timeBankMs / 1000} s lasts for ${lasts.toLocaleString('en-US')} steps`;
  return lasts >= LONG_GAME
    ? pass('step time', words)
    : caution(
        'step time',
        words,
        `long games take ${LONG_GAME.toLocaleString('en-US')} steps and more: think less, or play more games at once in one batch`,
      );
}

export function gradeMemory({ peakMemoryMiB }: Pick<ShardReport, 'peakMemoryMiB'>, limits: Limits): Outcome {
  const words = `${Math.ceil(peakMemoryMiB)} MiB at most; the limit is ${limits.memoryMiB} MiB`;
  return peakMemoryMiB < MOST_OF * limits.memoryMiB
    ? pass('memory', words)
    : caution('memory', words, 'hold less: long games mostly need more than these short ones');
}

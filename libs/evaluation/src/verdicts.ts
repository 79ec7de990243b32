import type { Limits, Verdict } from '@arena/contracts';
import { SETUP_REMEDY, type SandboxExit } from '@arena/sandbox';
import { PlatformError } from './errors.ts';
import { lastError } from './hints.ts';
import type { Expiry } from './control.ts';
import type { Break } from './messages.ts';

export interface Ending {
  /** What the game thread saw. */
  break: Break;
  /** What the clock saw, if it was the clock that ended the process. */
  expiry: Expiry | null;
  exit: SandboxExit;
  log: string;
  /** Whether the agent had said it was ready. */
  ready: boolean;
}

/** What runtimes say when memory cannot be had; they stand in the agent's own output, and so cost only the agent. */
const OUT_OF_MEMORY =
  /out of memory|Array buffer allocation failed|MemoryError|bad_alloc|Cannot allocate memory/i;
/** How the filter of system calls ends a process. Sent by an agent to itself it costs the same. */
const FILTERED = 'SIGSYS';

/**
 * Signals that come from outside a process as a rule: from the kernel that has no memory, from an operator, from a machine that
 * goes down. An agent can send them to itself, too, and nothing tells the two apart; so neither may be of use to it.
 */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/** A verdict, and whether a new process may go on with the games, since nothing shows that it was the agent's own doing. */
export interface Found {
  verdict: Verdict;
  reason: string;
  lost: boolean;
}

/**
 * Whose fault it was that an agent's process broke off, and the sentence that says so.
 * Throws PlatformError when it was ours.
 */
export function judge(ending: Ending, limits: Limits): Found {
  const { exit, expiry, log } = ending;
  const lost =
    expiry === null &&
    ending.break.how !== 'protocol' &&
    ending.break.how !== 'late' &&
    exit.cause === 'signal' &&
    FROM_OUTSIDE.has(exit.signal) &&
    !OUT_OF_MEMORY.test(log);
  return { ...verdictOf(ending, limits), lost };
}

function verdictOf(ending: Ending, limits: Limits): { verdict: Verdict; reason: string } {
  const { exit, log } = ending;
  const found = ending.break;
  const expiry = ending.expiry ?? (found.how === 'late' ? found.expiry : null);
  const when = ending.ready ? 'while its games were in play' : 'before it was ready to play';
  if (found.how === 'protocol') {
    return {
      verdict: found.code === 'too_much_output' ? 'output_limit' : 'protocol_error',
      reason: found.message,
    };
  }
  // One that fills its memory up is slowed down by that: what it filled says more than that it was late.
  if (expiry !== null && exit.cause !== 'memory')
    return {
      verdict: expiry === 'time_bank' ? 'time_bank' : 'step_timeout',
      reason: lateness(expiry, limits),
    };
  switch (exit.cause) {
    case 'not_started':
      throw new PlatformError(
        `the sandbox could not be set up: ${exit.message || 'bubblewrap said nothing'}. ${SETUP_REMEDY}`,
      );
    case 'not_ended':
      throw new PlatformError(exit.message);
    case 'memory':
      return {
        verdict: 'out_of_memory',
        reason: `the agent's processes used ${exit.usedMiB} MiB of memory; the limit is ${limits.memoryMiB} MiB`,
      };
    case 'processes':
      return {
        verdict: 'killed',
        reason: `the agent had ${exit.count} processes and threads; the limit is ${limits.processes}`,
      };
    case 'stopped':
      return {
        verdict: 'protocol_error',
        reason: `the agent closed its standard ${found.how === 'stdin_closed' ? 'input' : 'output'} ${when}`,
      };
    case 'exited':
      if (exit.code !== 0 && OUT_OF_MEMORY.test(log)) return outOfMemory(log, limits);
      return {
        verdict: 'crashed',
        reason: `the agent's process ended with exit code ${exit.code} ${when}${errorLine(log)}${filesLine(log, limits)}`,
      };
    case 'signal':
      if (exit.signal === FILTERED) {
        return {
          verdict: 'forbidden_call',
          reason: `the agent's process made a system call that no agent may make ${when}, such as tracing a process, mounting or making a namespace`,
        };
      }
      if (OUT_OF_MEMORY.test(log)) return outOfMemory(log, limits);
      return {
        verdict: 'killed',
        reason: `the agent's process was killed by ${exit.signal} ${when}${errorLine(log)}`,
      };
  }
}

function lateness(expiry: Expiry, limits: Limits): string {
  switch (expiry) {
    case 'start_timeout':
      return `the agent was not ready within ${seconds(limits.startTimeoutMs)} of its start`;
    case 'time_bank':
      return bankReason(limits);
    case 'step_timeout':
      return `the agent did not answer within ${seconds(limits.stepTimeoutMs)}`;
    case 'engine_hung':
      throw new PlatformError('the game engine did not come back from a step');
  }
}

/** For one game whose bank is empty. */
export function bankReason(limits: Limits): string {
  return `the agent used up the ${seconds(limits.timeBankMs)} of thinking time it has for one game`;
}

/** What a game has used up that is counted by game; null if nothing is. Looked at after each answer, which has limits of its own. */
export function overdrawn(
  game: { agentTimeMs: number; ageMs: number; outputBytes: number },
  limits: Limits,
): { verdict: Verdict; reason: string } | null {
  const { timeBankMs, wallMs = Infinity, outputBytesPerGame = Infinity } = limits;
  if (game.agentTimeMs > timeBankMs) return { verdict: 'time_bank', reason: bankReason(limits) };
  if (game.ageMs > wallMs)
    return {
      verdict: 'time_bank',
      reason: `the game had lasted for the ${seconds(wallMs)} that one may last in all`,
    };
  if (game.outputBytes > outputBytesPerGame)
    return {
      verdict: 'output_limit',
      reason: `the agent wrote ${Math.ceil(game.outputBytes)} bytes on standard output for one game; the limit is ${outputBytesPerGame}`,
    };
  return null;
}

function outOfMemory(log: string, limits: Limits): { verdict: Verdict; reason: string } {
  return {
    verdict: 'out_of_memory',
    reason: `the agent ran out of memory; its processes may use ${limits.memoryMiB} MiB in all${errorLine(log)}`,
  };
}

/** What runtimes say when a process may open no more files; as above it stands in the agent's own output. */
const OUT_OF_FILES = /EMFILE|too many open files/i;

function filesLine(log: string, { openFiles }: Limits): string {
  return openFiles !== undefined && OUT_OF_FILES.test(log)
    ? `; a process may have ${openFiles} files open`
    : '';
}

function errorLine(log: string): string {
  const error = lastError(log);
  if (error === null) return '';
  return `: ${error.line}${error.hint === null ? '' : `; ${error.hint}`}`;
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

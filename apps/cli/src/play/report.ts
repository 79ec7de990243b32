import { plural, type BoardRow, type GameRow, type Limits } from '@arena/contracts';
import type { GameResult, ShardReport } from '@arena/evaluation';
import { boardTable, causesText, faultsText, figure, gamesTable } from '@arena/report';
import { faultsReport, lastLines } from '../agent/fault.ts';
import { calledAs, quoted } from '../called.ts';
import type { ReadAgent } from '../agent/open.ts';
import type { SavedTape } from './save.ts';
import { stuckText, type Stuck } from './stuck.ts';

/** All that is known once games were played. */
export interface Played {
  readonly agent: ReadAgent;
  readonly rows: readonly GameRow[];
  readonly results: readonly GameResult[];
  readonly report: ShardReport;
  readonly limits: Limits;
  readonly board: BoardRow;
  readonly saved: readonly SavedTape[];
  /** Options that give the same games. */
  readonly again: string;
  /** Why games ended for lack of progress. */
  readonly stuck: readonly Stuck[];
  /** The agent's output is wanted even where nothing went wrong. */
  readonly log: boolean;
}

/** Milliseconds of the agent's own time a step. */
function stepMs(results: readonly GameResult[]): number | null {
  const steps = results.reduce((sum, result) => sum + result.steps, 0);
  return steps === 0 ? null : results.reduce((sum, { agentTimeMs }) => sum + agentTimeMs, 0) / steps;
}

/** For a terminal of 80 columns. */
export function textReport(played: Played): string {
  const { rows, results, board, saved, again, report, stuck, log } = played;
  if (rows.length === 0) return 'No game came to its end.';
  const step = stepMs(results);
  const faults = faultsReport(rows, results);
  const cpuMs = results.reduce((sum, { cpuTimeMs }) => sum + (cpuTimeMs ?? 0), 0);
  const usage = [
    ...(step === null ? [] : [`${figure(step)} ms of thinking a step`]),
    ...(cpuMs === 0 ? [] : [`${figure(cpuMs / 1000)} s of processor time in games`]),
    // of a play that was stopped nothing is known
    ...(report.processes === 0 ? [] : [`${Math.ceil(report.peakMemoryMiB)} MiB of memory at most`]),
  ].join(', ');
  const parts = [
    gamesTable(rows),
    boardTable([board]),
    causesText(rows),
    [
      faultsText(rows),
      usage,
      `the same games again: ${again}`,
      ...(saved.length === 0
        ? []
        : [
            `${plural(saved.length, 'tape')} saved. Watch one: ${calledAs()} engine replay ${quoted(saved[0]?.path ?? '')}`,
          ]),
    ].join('\n'),
    ...(faults === '' ? [] : [faults]),
    ...(stuck.length === 0
      ? []
      : [stuckText(stuck, (id) => (rows.find((row) => row.id === id)?.index ?? 0) + 1)]),
    ...(log && report.log !== '' ? [`The last lines of its standard error:\n${lastLines(report.log)}`] : []),
  ];
  return parts.join('\n\n');
}

/** The same for programs. */
export function jsonReport(played: Played): unknown {
  const { agent, rows, results, board, saved, again, report, limits, stuck } = played;
  const { name, version, kind, runtime, gamesAtOnce } = agent.manifest;
  return {
    agent: { name, version, kind, runtime, gamesAtOnce, sha256: agent.archive.sha256 },
    again,
    limits,
    board,
    games: rows.map((row, i) => ({
      ...row,
      agentTimeMs: results[i]?.agentTimeMs ?? null,
      cpuTimeMs: results[i]?.cpuTimeMs ?? null,
      gameTimeMs: results[i]?.gameTimeMs ?? null,
      log: results[i]?.log ?? null,
      tape: saved.find(({ id }) => id === row.id)?.path ?? null,
      stuck: stuck.find(({ id }) => id === row.id) ?? null,
    })),
    processes: report.processes,
    peakMemoryMiB: report.peakMemoryMiB,
    sdk: report.sdk,
    log: report.log,
  };
}

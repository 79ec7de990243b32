/** What a tournament found, as its JSON document has it. */
import type { AgentKind, Limits } from '@arena/contracts';
import { performanceOf, usageOf, type Performance, type Usage } from '@arena/scoring';
import type { BoundResult } from './bounds.ts';

/** One game, as it is kept and reported. */
export interface TournamentGame {
  /** From 0: the number by which its seeds are derived. */
  readonly index: number;
  readonly score: number;
  readonly turns: number;
  readonly steps: number;
  readonly deepestLevel: number;
  readonly experienceLevel: number;
  readonly ascended: boolean;
  readonly character: string | null;
  readonly verdict: string;
  readonly endReason: string;
  readonly death: string | null;
  /** The last digest of its tape (docs/TAPES.md), over all that entered the game, every key and what came of them. */
  readonly digest: string;
  readonly agentTimeMs: number;
  readonly gameTimeMs: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** Who played. */
export interface TournamentAgent {
  readonly name: string;
  readonly version: string;
  readonly kind: AgentKind;
  readonly runtime: string;
  readonly description: string;
  /** Of its archive, as a server has it. */
  readonly sha256: string;
}

/** Everything that enters the games beside the agents. */
export interface TournamentSettings {
  /** Games 0 … games-1 of these seeds. */
  readonly games: number;
  /** Name whose SHA-256 is the root of the seeds. */
  readonly seeds: string;
  readonly character: string;
  readonly clock: number;
  readonly limits: Limits;
  readonly engineId: string;
}

export interface AgentReport extends TournamentAgent {
  readonly performance: Performance;
  readonly usage: Usage;
  /** Seconds in which a game of it was in play, on the wall's clock. */
  readonly seconds: number;
  readonly games: readonly TournamentGame[];
}

export interface TournamentReport {
  readonly format: typeof FORMAT;
  /** When the last game ended, UTC. */
  readonly date: string;
  /** Seconds in which any game was in play. */
  readonly seconds: number;
  readonly settings: TournamentSettings;
  /** Of each game, by its index; in decimal digits, as JSON has no 64-bit integers. */
  readonly seeds: readonly { readonly core: string; readonly disp: string }[];
  readonly machine: { readonly processors: number; readonly model: string; readonly sandbox: string };
  /** The best first. */
  readonly agents: readonly AgentReport[];
  readonly bounds: readonly BoundResult[];
}

export const FORMAT = 1;

export function agentReport(agent: TournamentAgent, played: readonly TournamentGame[]): AgentReport {
  const games = [...played].sort((a, b) => a.index - b.index);
  return {
    ...agent,
    performance: performanceOf(games),
    usage: usageOf(games),
    seconds: secondsInPlay(games),
    games,
  };
}

/** Seconds in which at least one of the games was in play: a run that was stopped and went on later is not charged the pause. */
export function secondsInPlay(games: readonly TournamentGame[]): number {
  const spans = games
    .map(({ startedAt, finishedAt }) => [Date.parse(startedAt), Date.parse(finishedAt)] as const)
    .sort((a, b) => a[0] - b[0]);
  let total = 0;
  let until = -Infinity;
  for (const [from, to] of spans) {
    if (to > until) total += to - Math.max(from, until);
    until = Math.max(until, to);
  }
  return total / 1000;
}

/** JSON with a line a game: half a megabyte whose changes can be read. */
export function writeReport(report: TournamentReport): string {
  const { agents, seeds, ...rest } = report;
  const head = JSON.stringify({ ...rest, bounds: report.bounds }, null, 2).replace(/\n}$/, '');
  const lines = (values: readonly unknown[]): string =>
    `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`;
  const written = agents.map(({ games, ...agent }) => {
    const about = JSON.stringify(agent).replace(/}$/, '');
    return `${about},"games":${lines(games)}}`;
  });
  return `${head},\n"seeds": ${lines(seeds)},\n"agents": [\n${written.join(',\n')}\n]\n}\n`;
}

/** Whether games came out as they did before. */
import { readFile } from 'node:fs/promises';
import { plural } from '@arena/contracts';
import { CommandError } from '../usage.ts';
import {
  FORMAT,
  type AgentReport,
  type TournamentGame,
  type TournamentReport,
  type TournamentSettings,
} from './report.ts';

/** What must be the same in a game that is played again. Times are not. */
const SAME = [
  ...(['character', 'score', 'turns', 'steps', 'deepestLevel', 'experienceLevel', 'ascended'] as const),
  ...(['verdict', 'endReason', 'death', 'digest'] as const),
];

export interface GameDifference {
  readonly index: number;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Comparison {
  readonly agent: string;
  /** `same` or `different` where games were compared; else why they could not be. */
  readonly state:
    'same' | 'different' | 'another version' | 'another engine' | 'not in the report' | 'no game in both';
  /** Games that both have. */
  readonly games: number;
  /** The first difference of each game that has one. */
  readonly differences: readonly GameDifference[];
  /** Versions, as far as they matter. */
  readonly note: string;
}

/** Reads a report. Throws CommandError for what is none, and file system errors. */
export async function readReport(path: string): Promise<TournamentReport> {
  const text = await readFile(path, 'utf8');
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${path} is no JSON: a report.json of npm run tournament is wanted`, { cause });
  }
  const { format, settings, agents } = (found ?? {}) as Partial<TournamentReport>;
  if (format !== FORMAT || settings === undefined || !Array.isArray(agents))
    throw new CommandError(
      `${path} is no report of a tournament of format ${FORMAT}: give a report.json that npm run tournament has written`,
    );
  return found as TournamentReport;
}

/** Throws CommandError where the rules differ, as no game could be the same. */
export function requireSameRules(before: TournamentSettings, after: TournamentSettings): void {
  // A limit that came later is in one of them alone, and was far above every game before.
  const known = (limits: object): [string, unknown][] =>
    Object.entries(limits).filter(([name]) => name in before.limits && name in after.limits);
  const rules = ({ seeds, character, clock, limits }: TournamentSettings): string =>
    JSON.stringify([seeds, character, clock, known(limits).sort()]);
  if (rules(before) !== rules(after))
    throw new CommandError(
      'the report to compare with was played by other rules (seeds, character, clock or limits): leave --seeds away',
    );
}

/** For each agent of `after`; both were played by the same rules. */
export function compareReports(before: TournamentReport, after: TournamentReport): Comparison[] {
  return after.agents.map((agent) => compareAgent(before, after, agent));
}

function compareAgent(before: TournamentReport, after: TournamentReport, agent: AgentReport): Comparison {
  const was = before.agents.find(({ name }) => name === agent.name);
  const none = { agent: agent.name, games: 0, differences: [] };
  if (was === undefined) return { ...none, state: 'not in the report', note: '' };
  if (before.settings.engineId !== after.settings.engineId) {
    const ids = [before, after].map(({ settings }) => settings.engineId.slice(0, 12));
    return { ...none, state: 'another engine', note: ids.join(' → ') };
  }
  if (was.sha256 !== agent.sha256) {
    const versions = [was, agent].map(({ version, sha256 }) => `${version} (${sha256.slice(0, 12)})`);
    return { ...none, state: 'another version', note: versions.join(' → ') };
  }
  const known = new Map(was.games.map((game) => [game.index, game]));
  const pairs = agent.games.flatMap((game) => {
    const old = known.get(game.index);
    return old === undefined ? [] : [[old, game] as const];
  });
  if (pairs.length === 0) return { ...none, state: 'no game in both', note: '' };
  const differences = pairs.flatMap(([old, game]) => differenceOf(old, game) ?? []);
  return {
    ...{ agent: agent.name, games: pairs.length, differences, note: '' },
    state: differences.length === 0 ? 'same' : 'different',
  };
}

function differenceOf(before: TournamentGame, after: TournamentGame): GameDifference | null {
  const field = SAME.find((name) => before[name] !== after[name]);
  return field === undefined
    ? null
    : { index: after.index, field, before: before[field], after: after[field] };
}

/** Differences that are told one by one. */
const SHOWN = 5;

/** A line an agent, and one for each of the first games that differ. */
export function comparisonText(comparisons: readonly Comparison[]): string {
  return comparisons
    .flatMap(({ agent, state, games, differences, note }) => {
      if (state === 'same') return [`${agent}: ${plural(games, 'game')} played again, all the same`];
      if (state !== 'different')
        return [`${agent}: ${state}${note === '' ? '' : `, ${note}`}; its games are not compared`];
      const shown = differences
        .slice(0, SHOWN)
        .map(
          ({ index, field, before, after }) =>
            `  game ${index}: ${field} was ${String(before)}, is ${String(after)}`,
        );
      return [`${agent}: ${differences.length} of ${plural(games, 'game')} came out differently`, ...shown];
    })
    .join('\n');
}

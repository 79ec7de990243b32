import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { plural } from '@arena/contracts';
import { Engine } from '@arena/engine';
import { ShardAborted, type AgentHost } from '@arena/evaluation';
import { compareStandings } from '@arena/scoring';
import { openHost, refusalOf } from '../agent/evaluate.ts';
import { refusalText } from '../agent/fault.ts';
import { withBoxed } from '../agent/open.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { CommandError } from '../usage.ts';
import { openAgents, type NamedAgent } from './agents.ts';
import { boundsOf, PROMISED_GAMES } from './bounds.ts';
import { compareReports, comparisonText, readReport, requireSameRules, type Comparison } from './compare.ts';
import { challengeSettings, seedsOf, specificationOf } from './games.ts';
import { HELP } from './help.ts';
import { KeptGames } from './kept.ts';
import { readOptions, SEEDS, type Options } from './options.ts';
import { playAll, type Entrant } from './play.ts';
import { TournamentProgress } from './progress.ts';
import {
  agentReport,
  FORMAT,
  secondsInPlay,
  type AgentReport,
  type TournamentReport,
  type TournamentSettings,
} from './report.ts';
import { boundsText, summaryText } from './summary.ts';
import { DOCS, placesIn, saveReport } from './write.ts';
import { err, out } from '../terminal/out.ts';

/** Ctrl-C comes twice, from the terminal and from npm; signals this close together are one. */
const SAME_SIGNAL_MS = 500;

/** Lets the shards hear the first signal; a later one ends the process at once. */
async function stoppable<T>(play: () => Promise<T>): Promise<T> {
  let first: number | null = null;
  const hear = (): void => {
    first ??= Date.now();
    if (Date.now() - first > SAME_SIGNAL_MS) process.exit(EXIT.stopped);
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  try {
    return await play();
  } finally {
    process.off('SIGINT', hear).off('SIGTERM', hear);
  }
}

/** All agents unpacked at once, as their shards run side by side. */
function withEntrants<T>(
  agents: readonly NamedAgent[],
  host: AgentHost,
  keep: (agent: NamedAgent) => KeptGames,
  use: (entrants: readonly Entrant[]) => Promise<T>,
  entrants: readonly Entrant[] = [],
): Promise<T> {
  const [next, ...rest] = agents;
  if (next === undefined) return use(entrants);
  return withBoxed(next.agent, host, (folder) => {
    const entrant = { name: next.about.name, manifest: next.agent.manifest, folder, kept: keep(next) };
    return withEntrants(rest, host, keep, use, [...entrants, entrant]);
  });
}

async function play(
  agents: readonly NamedAgent[],
  settings: TournamentSettings,
  host: AgentHost,
  { shards, keep, fresh }: Pick<Options, 'shards' | 'keep' | 'fresh'>,
): Promise<AgentReport[]> {
  const progress = new TournamentProgress(shards, process.stderr.isTTY, (text) => process.stderr.write(text));
  const keeping = ({ about }: NamedAgent): KeptGames => new KeptGames(keep, about, settings, fresh);
  return withEntrants(agents, host, keeping, async (entrants) => {
    for (const entrant of entrants) await tryOut(entrant, settings, host);
    for (const { name, kept } of entrants) progress.enter(name, settings.games, kept.first(settings.games));
    await playAll(entrants, settings, {
      ...{ host, shards },
      finished: ({ name }, game) => {
        progress.add(name, game);
      },
    });
    return agents.map(({ about }, i) => agentReport(about, entrants[i]?.kept.first(settings.games) ?? []));
  });
}

/** Throws CommandError for an agent that a server would refuse before its first game. */
async function tryOut(
  { name, manifest, folder, kept }: Entrant,
  settings: TournamentSettings,
  host: AgentHost,
): Promise<void> {
  if (kept.first(settings.games).length > 0) return;
  const games = seedsOf(settings).map((seeds, index) => specificationOf(settings, index, seeds));
  const refused = await refusalOf({ host, folder, manifest, games, limits: settings.limits });
  if (refused !== null) throw new CommandError(`${name}: ${refusalText(refused.reason, refused.log)}`);
}

/** By the board's rule; equal ones in the order of their names. */
function ranked(agents: readonly AgentReport[]): AgentReport[] {
  const standing = ({ name, performance: { score, ascensions } }: AgentReport) => ({
    ...{ submissionId: name, submittedAt: 0, scored: score.count > 0, ascensions },
    ...{ median: score.median, mean: score.mean },
  });
  return [...agents].sort((a, b) => compareStandings(standing(a), standing(b)));
}

async function tournament(options: Options, before: TournamentReport | null): Promise<TournamentReport> {
  const agents = await openAgents(options.agents);
  const engine = await Engine.load();
  const settings = challengeSettings(
    options.seeds ?? before?.settings.seeds ?? SEEDS,
    options.games,
    engine.id,
  );
  if (before !== null) requireSameRules(before.settings, settings);
  const host = openHost(options.shards);
  // What is compared has to be played now, and what is kept is for others.
  const scratch = before === null ? null : await mkdtemp(join(tmpdir(), 'arena-tournament-'));
  try {
    const keep = scratch ?? options.keep;
    const reports = ranked(await stoppable(() => play(agents, settings, host, { ...options, keep })));
    const ends = reports.flatMap(({ games }) => games.map(({ finishedAt }) => finishedAt));
    return {
      format: FORMAT,
      date: ends.reduce((a, b) => (a > b ? a : b), ''),
      seconds: secondsInPlay(reports.flatMap(({ games }) => games)),
      settings,
      seeds: seedsOf(settings).map(({ core, disp }) => ({ core: String(core), disp: String(disp) })),
      machine: {
        ...{ processors: cpus().length, model: cpus()[0]?.model ?? 'unknown' },
        sandbox: host.sandbox.description,
      },
      agents: reports,
      bounds: boundsOf(reports),
    };
  } finally {
    host.stage.dispose();
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  }
}

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const before = options.compare === null ? null : await readReport(options.compare);
  let report: TournamentReport;
  try {
    report = await tournament(options, before);
  } catch (error) {
    if (!(error instanceof ShardAborted)) throw error;
    err('\nstopped; finished games are kept, and the same command goes on from there\n');
    return EXIT.stopped;
  }
  const comparisons: Comparison[] = before === null ? [] : compareReports(before, report);
  const places = [placesIn(options.out), ...(options.docs ? [DOCS] : [])];
  for (const place of places) await saveReport(report, place);
  if (options.json) out(`${JSON.stringify({ ...report, ...(before === null ? {} : { comparisons }) })}\n`);
  else
    out(
      [
        summaryText(report),
        ...(options.check ? [boundsText(report.bounds)] : []),
        ...(before === null ? [] : [comparisonText(comparisons)]),
        places.map(({ page }) => `written: ${relative(process.cwd(), page)}`).join('\n'),
      ].join('\n\n') + '\n',
    );
  if (options.check && report.settings.games < PROMISED_GAMES)
    err(
      `--check: what is promised is promised of ${PROMISED_GAMES} games; ${plural(report.settings.games, 'game')} may differ by chance\n`,
    );
  const missed = options.check ? report.bounds.filter(({ kept }) => !kept) : [];
  for (const { promise, found } of missed) err(`missed: ${promise} (${found})\n`);
  const different = comparisons.filter(({ state }) => state === 'different');
  if (different.length > 0) err(`${plural(different.length, 'agent')} played other games than before\n`);
  return missed.length + different.length === 0 ? EXIT.ok : EXIT.failed;
}

export const TOURNAMENT: Command = {
  name: 'tournament',
  summary: 'play the bundled baselines on published seeds, and report it',
  help: HELP,
  run,
};

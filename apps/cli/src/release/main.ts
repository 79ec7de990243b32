/**
 * `npm run release:check`: whether the artefacts in the repository belong to the engine and the agents that are in it. They take
 * an hour and a half to make again, so `npm test` holds them to themselves alone; before a release this must pass.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Engine } from '@arena/engine';
import { agentDigest } from '@arena/evaluation';
import { openAgents, root } from '../tournament/agents.ts';
import type { TournamentReport } from '../tournament/report.ts';
import { DOCS } from '../tournament/write.ts';
import { foreignParts } from './artefacts.ts';

const HELP = `Tells whether the committed artefacts belong to today's engine and agents.

usage: release:check [--help]

docs/baselines.json must be of all baselines and of this engine, and two of its games an agent (of
random and explorer, which have no network) must come out the same again.
agents/baselines/cloner/training.json must be of this engine and of explorer as it is.

Exit code: 0 if they do, 1 if not, 2 for a wrong call.
`;

const RECORD = 'agents/baselines/cloner/training.json';

interface Training {
  readonly settings: { readonly agent: string };
  readonly engine: string;
  readonly explorer: { readonly sha256: string };
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

async function foreign(): Promise<string[]> {
  const engine = (await Engine.load()).id;
  const report = await readJson<TournamentReport>(DOCS.json);
  const named = (agents: readonly { name: string; sha256: string }[]): Record<string, string> =>
    Object.fromEntries(agents.map(({ name, sha256 }) => [name, sha256]));
  const training = await readJson<Training>(join(root, RECORD));
  const { agent } = training.settings;
  return [
    ...foreignParts(
      {
        file: 'docs/baselines.json',
        engine: report.settings.engineId,
        agents: named(report.agents),
        ofAll: true,
        remedy: 'npm run tournament -- --docs',
      },
      { engine, agents: named((await openAgents(null)).map(({ about }) => about)) },
    ),
    ...foreignParts(
      {
        file: RECORD,
        engine: training.engine,
        agents: { [agent]: training.explorer.sha256 },
        ofAll: false,
        remedy: 'npm run train:cloner',
      },
      { engine, agents: { [agent]: await agentDigest(join(root, agent)) } },
    ),
  ];
}

/** Plays games of the report again, of agents without networks: what a network says may depend on the kind of processor. */
async function differing(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'arena-release-'));
  try {
    const arena = fileURLToPath(new URL('../main.js', import.meta.url));
    const about = ['--games', '2', '--agents', 'random,explorer', '--compare', DOCS.json, '--json'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [arena, 'tournament', ...about, '--keep', join(folder, 'kept'), '--out', join(folder, 'out')],
      { maxBuffer: 2 ** 28 },
    );
    const { comparisons = [] } = JSON.parse(stdout) as {
      comparisons?: { agent: string; state: string; games: number }[];
    };
    return comparisons
      .filter(({ state, games }) => state !== 'same' || games !== 2)
      .map(({ agent, state }) => `docs/baselines.json: games of ${agent} played again: ${state}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [argument] = process.argv.slice(2);
if (argument !== undefined) {
  const isHelp = argument === '--help' || argument === '-h';
  (isHelp ? process.stdout : process.stderr).write(
    isHelp ? HELP : `release:check takes no ${argument}\n\n${HELP}`,
  );
  process.exitCode = isHelp ? 0 : 2;
} else {
  let lines = await foreign();
  if (lines.length === 0) lines = await differing();
  for (const line of lines) console.log(line);
  console.log(
    lines.length === 0
      ? 'release: the committed artefacts belong to this engine and these agents'
      : `release: ${String(lines.length)} ${lines.length === 1 ? 'thing is' : 'things are'} of another engine or agent`,
  );
  process.exitCode = lines.length === 0 ? 0 : 1;
}

import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAgent, type ReadAgent } from '../agent/open.ts';
import { UsageError } from '../usage.ts';
import type { TournamentAgent } from './report.ts';

/** The checkout that this program was built in. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

const BASELINES = join(root, 'agents', 'baselines');

/** Folders of agents that come with the arena, sorted. */
export async function baselines(): Promise<string[]> {
  const entries = await readdir(BASELINES, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(BASELINES, entry.name, 'arena.json')))
    .map(({ name }) => name)
    .sort();
}

export interface NamedAgent {
  readonly about: TournamentAgent;
  readonly agent: ReadAgent;
}

/**
 * The agents of a tournament as a server would take them in. `wanted`: names of baselines or paths; null: every baseline.
 * Throws UsageError for names that are not there or twice, and what `readAgent` throws.
 */
export async function openAgents(wanted: readonly string[] | null): Promise<NamedAgent[]> {
  const known = await baselines();
  const paths = (wanted ?? known).map((name) => {
    if (known.includes(name)) return join(BASELINES, name);
    if (name.includes('/') || name.endsWith('.tar.gz')) return name;
    throw new UsageError(
      `there is no baseline '${name}'; there are: ${known.join(', ')}. Another agent is given by its path, as in ./${name}`,
    );
  });
  if (paths.length === 0) throw new UsageError('no agent is left to play');
  const agents = await Promise.all(paths.map(opened));
  const names = agents.map(({ about }) => about.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`two agents are called ${twice}; a report knows them by name`);
  return agents;
}

async function opened(path: string): Promise<NamedAgent> {
  const agent = await readAgent(path);
  const { name, version, kind, runtime, description = '' } = agent.manifest;
  return { about: { name, version, kind, runtime, description, sha256: agent.archive.sha256 }, agent };
}

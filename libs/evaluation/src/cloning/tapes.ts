/** The tapes a training needs: made once, gone on with after a stop. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentFiles } from '@arena/archive';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { parseManifest } from '@arena/protocol';
import { rehearse } from '../rehearsal/rehearsal.ts';
import type { Phase } from './settings.ts';

/** What tapes are made of: tapes of another origin are thrown away. */
export interface Origin {
  readonly agent: { readonly name: string; readonly version: string; readonly sha256: string };
  readonly engine: string;
  readonly seeds: string;
  readonly noise: number;
  readonly maxSteps: number;
}

export interface Tapes {
  readonly origin: Origin;
  readonly folder: string;
  /** File names, held out ones first. */
  readonly names: readonly string[];
  /** Over the files' names and bytes in their order. */
  readonly sha256: string;
}

const ORIGIN = 'origin.json';
const tapeName = (index: number): string => `game-${String(index).padStart(5, '0')}.tape`;

/** sha256 over the files that are part of an agent (its tests are not): names and bytes, in the order of the names. */
export async function agentDigest(folder: string): Promise<string> {
  return filesDigest(folder, await agentFiles(folder));
}

/** sha256 over files of a folder: names and bytes in the order given. */
export function filesDigest(folder: string, names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Makes what is missing of the tapes in `folder`, on all processors. `agent` is the cloned agent's folder; `made` is told
 * how many tapes there are. Throws Error for an agent that is no node agent, and what the agent throws.
 */
export async function makeTapes(
  folder: string,
  agent: string,
  engine: string,
  { seeds, games, noise, maxSteps = CHALLENGE_LIMITS.maxSteps }: Phase,
  made: (count: number) => void,
): Promise<Tapes> {
  const manifest = parseManifest(readFileSync(join(agent, 'arena.json')));
  if (manifest.runtime !== 'node')
    throw new Error(`${agent} is an agent for ${manifest.runtime}; only node agents play outside a sandbox`);
  const { name, version } = manifest;
  const origin: Origin = {
    agent: { name, version, sha256: await agentDigest(agent) },
    engine,
    seeds,
    noise,
    maxSteps,
  };
  begin(folder, origin);
  const names = Array.from({ length: games }, (_, index) => tapeName(index));
  const missing = names.flatMap((tape, index) => (existsSync(join(folder, tape)) ? [] : [index]));
  let count = games - missing.length;
  made(count);
  // A stop leaves gaps where games were being played: each run of games that are missing is a rehearsal.
  for (const [first, length] of runs(missing)) {
    await rehearse({
      entry: join(agent, manifest.entry),
      fields: manifest.fields,
      limits: { ...CHALLENGE_LIMITS, maxSteps },
      seedRoot: createHash('sha256').update(seeds).digest(),
      character: '@',
      noise,
      tapes: true,
      ...{ first, games: length },
      finished: ({ game, tape }) => {
        const path = join(folder, tapeName(game.index));
        writeFileSync(`${path}.new`, tape ?? new Uint8Array());
        renameSync(`${path}.new`, path);
        made(++count);
      },
    });
  }
  return { origin, folder, names, sha256: filesDigest(folder, names) };
}

/** Keeps a folder's tapes only if they are of the same origin. */
function begin(folder: string, origin: Origin): void {
  const path = join(folder, ORIGIN);
  const text = JSON.stringify(origin);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
}

/** First number and length of each run of consecutive numbers. */
export function runs(sorted: readonly number[]): [first: number, length: number][] {
  const found: [number, number][] = [];
  for (const value of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === value) last[1]++;
    else found.push([value, 1]);
  }
  return found;
}

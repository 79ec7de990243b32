import { parseArgs } from 'node:util';

export const HELP = `Plays games with a node agent on all processors, in this process: no sandbox, no clock, trusted agents only.
The rules and the figures are the challenge's; the same seeds give the same games.

usage: npm run tapes -- [options]

  --games N        games to play (64)
  --first N        number of the first one (0): more games of the same seeds later
  --out FOLDER     write each game's tape there (game-00000.tape …) and games.json, the figures of all
  --agent FOLDER   the agent, a folder with arena.json (agents/baselines/explorer)
  --seeds NAME     seeds are derived from the SHA-256 of this name (tuning); those of
                   "tournament" are held out for comparisons
  --character C    for all games, as in val-hum-law-fem or val (@: random)
  --threads N      games at the same time (one a processor)
  --json           one JSON document on standard output instead of tables
`;

export interface Options {
  readonly games: number;
  readonly first: number;
  readonly out: string | null;
  readonly agent: string;
  readonly seeds: string;
  readonly character: string;
  readonly threads: number | null;
  readonly json: boolean;
}

/** Reads the arguments; null when help was asked for. Throws Error with a sentence for the user. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      games: { type: 'string', default: '64' },
      first: { type: 'string', default: '0' },
      out: { type: 'string' },
      agent: { type: 'string', default: 'agents/baselines/explorer' },
      seeds: { type: 'string', default: 'tuning' },
      character: { type: 'string', default: '@' },
      threads: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  return {
    games: whole('--games', values.games, 1),
    first: whole('--first', values.first, 0),
    out: values.out ?? null,
    agent: values.agent,
    seeds: values.seeds,
    character: values.character,
    threads: values.threads === undefined ? null : whole('--threads', values.threads, 1),
    json: values.json,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw new Error(`${name} takes a whole number from ${least} on, not "${text}"`);
  return value;
}

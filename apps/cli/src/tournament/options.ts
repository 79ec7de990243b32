import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parse } from '../command.ts';
import { wholeNumber } from '../engine/settings.ts';
import { UsageError } from '../usage.ts';
import { root } from './agents.ts';

export interface Options {
  readonly games: number;
  /** Null: every baseline. */
  readonly agents: readonly string[] | null;
  /** Null: the report's to compare with, or the usual ones. */
  readonly seeds: string | null;
  readonly shards: number;
  readonly out: string;
  readonly docs: boolean;
  /** A report's file; null if nothing is compared. */
  readonly compare: string | null;
  readonly check: boolean;
  readonly keep: string;
  readonly fresh: boolean;
  readonly json: boolean;
}

/** The name of the published seeds. */
export const SEEDS = 'tournament';
const GAMES = 512;
const MOST_GAMES = 65_536;
/** Users that sandboxes of one command may have, where root runs it. */
const MOST_SHARDS = 64;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args, {
    games: { type: 'string' },
    agents: { type: 'string' },
    seeds: { type: 'string' },
    shards: { type: 'string' },
    out: { type: 'string' },
    docs: { type: 'boolean', default: false },
    compare: { type: 'string' },
    check: { type: 'boolean', default: false },
    keep: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')}: agents are given by --agents`);
  const agents = values.agents?.split(',').map((name) => name.trim());
  if (agents?.some((name) => name === ''))
    throw new UsageError('--agents: names with commas between them are wanted');
  if (values.seeds === '') throw new UsageError('--seeds: a name is wanted');
  const kept = join(root, '.arena', 'tournament');
  return {
    games: between('games', values.games, GAMES, MOST_GAMES),
    agents: agents ?? null,
    seeds: values.seeds ?? null,
    shards: between('shards', values.shards, Math.min(MOST_SHARDS, availableParallelism()), MOST_SHARDS),
    out: values.out ?? join(kept, 'report'),
    docs: values.docs,
    compare: values.compare ?? null,
    check: values.check,
    keep: values.keep ?? kept,
    fresh: values.fresh,
    json: values.json,
  };
}

function between(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const value = wholeNumber(name, text);
  if (value < 1 || value > most) throw new UsageError(`--${name} ${text}: 1 to ${most} are wanted`);
  return value;
}

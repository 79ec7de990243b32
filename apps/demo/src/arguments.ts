/** The launcher's command line, as `scripts/arena.mjs` hands it on. */
import { parseArgs } from 'node:util';

export interface Arguments {
  mode: 'start' | 'once' | 'dev';
  /** Games an agent. */
  games: number;
  json: boolean;
}

/** A mistake of the person at the keyboard: printed as one line. */
export class UsageError extends Error {}

export const GAMES_DEFAULT = 64;
const GAMES_MAX = 4096;

/** Reads `start|dev [--once] [--games N] [--json]`; throws UsageError that says what is allowed. */
export function readArguments(argv: readonly string[]): Arguments {
  const [command, ...rest] = argv;
  if (command !== 'start' && command !== 'dev')
    throw new UsageError(`unknown command ${String(command)}: start or dev`);
  const { once, games, json } = parseOptions(rest);
  const count = games === undefined ? GAMES_DEFAULT : Number(games);
  if (!Number.isInteger(count) || count < 1 || count > GAMES_MAX) {
    throw new UsageError(`--games ${String(games)}: a whole number from 1 to ${GAMES_MAX} is wanted`);
  }
  if (json && !once) throw new UsageError('--json goes with --once: without it the command goes on serving');
  return { mode: command === 'dev' ? 'dev' : once ? 'once' : 'start', games: count, json };
}

function parseOptions(args: string[]): { once: boolean; games: string | undefined; json: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        once: { type: 'boolean', default: false },
        games: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    return { once: values.once, games: values.games, json: values.json };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

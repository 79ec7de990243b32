import type { Engine } from '@arena/engine';
import type { GameSpecification } from '@arena/evaluation';
import { type Tape, startOf } from '@arena/tape';
import { count, demandEngine, readTape } from '../engine/tape-file.ts';
import { CommandError, UsageError } from '../usage.ts';

/** `TAPE@STEP`: a file and how many of its keys are played before the agent takes over; -100: all but a hundred. */
export interface Handover {
  readonly path: string;
  readonly step: number;
}

/** Throws UsageError. */
export function parseHandover(text: string): Handover {
  const found = /^(.+)@(-?\d{1,9})$/s.exec(text);
  if (found === null)
    throw new UsageError(`--from ${text}: TAPE@STEP is wanted, e.g. game.tape@1200, or game.tape@-50`);
  const [, path = '', step = ''] = found;
  return { path, step: Object.is(Number(step), -0) ? 0 : Number(step) };
}

/** How many keys of a tape come before the agent. Throws CommandError for a step where no key can follow. */
export function keysBefore({ path, step }: Handover, tape: Pick<Tape, 'keys' | 'end'>): number {
  const { length } = tape.keys;
  const keys = step < 0 ? length + step : step;
  const last = tape.end.kind === 'open' ? length : length - 1;
  if (keys >= 0 && keys <= last) return keys;
  const why = tape.end.kind === 'open' ? '' : ', whose last one ended the game';
  throw new CommandError(
    `${path} has ${count(length)} keys${why}: the agent can take over after 0 to ${count(Math.max(0, last))} of them, not ${count(step)}`,
  );
}

/** Games that begin at that position of the tape, all alike. Rejects with TapeError, CommandError, file system errors. */
export async function gamesFrom(
  handover: Handover,
  engine: Engine,
  games: number,
): Promise<GameSpecification[]> {
  const tape = await readTape(handover.path);
  demandEngine(handover.path, tape, engine);
  const keys = tape.keys.slice(0, keysBefore(handover, tape));
  const { seeds, character, options, clock } = tape.settings;
  return Array.from({ length: games }, (_, i) => ({
    ...{ id: String(i), seeds, character, options, clock },
    from: { settings: startOf(tape.settings), keys },
  }));
}

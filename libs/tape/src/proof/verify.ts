import { type Engine, EngineError, END_NAMES } from '@arena/engine';
import type { Tape, TapeEnd, TapeFigures } from '../tape.ts';
import { tapeEnd } from './recorder.ts';
import { type Onlooker, type Replayed, replay } from './replay.ts';

/** One thing in which the tape and the game that was played from it are not the same. */
export interface Difference {
  readonly what: 'engine' | 'start' | 'checkpoint' | 'keys' | 'end' | 'xlogfile' | keyof TapeFigures;
  /** What the tape says, and what came out. */
  readonly recorded: string | number;
  readonly replayed: string | number;
  /** In words, without a full stop. */
  readonly message: string;
}

export interface Verification {
  /** True if there is no difference at all, and the engine is the one that recorded the tape. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  /** The first checkpoint that differs, counted from 0; null if none does. The game is the tape's up to the one before. */
  readonly firstDifferentCheckpoint: number | null;
  /** Checkpoints that were compared, the differing ones included. */
  readonly checkpoints: number;
  /** Keys that were played. */
  readonly keys: number;
  /** What came out; null if the game could not be started. */
  readonly outcome: (TapeFigures & { readonly end: TapeEnd }) | null;
}

const hex = (bytes: Uint8Array | undefined): string =>
  Array.from(bytes ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');

function endName(end: TapeEnd): string {
  if (end.kind === 'ended') return END_NAMES[end.how] ?? String(end.how);
  return end.kind === 'open' ? 'goes on' : 'engine fault';
}

const count = (value: number): string => value.toLocaleString('en-US');

/**
 * Plays a tape again and says where it differs, from the first checkpoint that does to end and score. Another engine than
 * the one that recorded it is a difference of its own; the tape is played all the same. Never throws for what is in a
 * tape.
 */
export function verify(tape: Tape, engine: Engine, onlooker?: Onlooker): Verification {
  const differences: Difference[] = [];
  const compare = (
    what: Difference['what'],
    recorded: string | number,
    replayed: string | number,
    message: string,
  ): void => {
    if (recorded !== replayed) differences.push({ what, recorded, replayed, message });
  };
  compare(
    'engine',
    tape.engineId,
    engine.id,
    `it was recorded with engine ${tape.engineId.slice(0, 12)}, this is ${engine.id.slice(0, 12)}`,
  );
  let played: Replayed;
  try {
    played = replay(engine, tape, tape.keys, onlooker);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    compare('start', 'a game', error.code, `no game can be started as it says: ${error.message}`);
    return {
      same: false,
      differences,
      firstDifferentCheckpoint: null,
      checkpoints: 0,
      keys: 0,
      outcome: null,
    };
  }
  const { figures, steps } = played;
  const first = tape.checkpoints.findIndex((digest, i) => hex(digest) !== hex(played.digests[i]));
  if (first >= 0) {
    const from = first * tape.every + 1;
    const to = Math.min((first + 1) * tape.every, Math.max(tape.keys.length, 1));
    compare(
      'checkpoint',
      hex(tape.checkpoints[first]),
      hex(played.digests[first]) || 'none',
      `checkpoint ${first + 1} of ${tape.checkpoints.length} differs: the game is another one ` +
        `${first === 0 ? 'from its start or ' : ''}somewhere from key ${count(from)} to key ${count(to)}`,
    );
  }
  const left = tape.keys.length - steps;
  compare('keys', tape.keys.length, steps, `${count(left)} keys follow the end of the game`);
  const end: TapeEnd = played.fault === null ? tapeEnd(played.end) : { kind: 'fault' };
  const [was, is] = [endName(tape.end), endName(end)];
  compare('end', was, is, `the end is ${is}, recorded is ${was}`);
  if (was === is && tape.end.kind === 'ended' && end.kind === 'ended')
    compare('xlogfile', tape.end.xlogfile ?? '', end.xlogfile ?? '', 'the xlogfile record is another one');
  for (const [name, words] of [
    ['score', 'score'],
    ['turns', 'turns'],
    ['deepestLevel', 'deepest level'],
  ] as const) {
    const [recorded, replayed] = [tape.figures[name], figures[name]];
    compare(name, recorded, replayed, `the ${words} is ${count(replayed)}, recorded is ${count(recorded)}`);
  }
  return {
    same: differences.length === 0,
    differences,
    firstDifferentCheckpoint: first < 0 ? null : first,
    checkpoints: first < 0 ? tape.checkpoints.length : first + 1,
    keys: steps,
    outcome: { score: figures.score, turns: figures.turns, deepestLevel: figures.deepestLevel, end },
  };
}

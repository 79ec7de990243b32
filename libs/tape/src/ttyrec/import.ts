import { BLSTATS, type Engine, type GameSettings, inPlay } from '@arena/engine';
import { recordTape } from '../proof/record.ts';
import type { Tape } from '../tape.ts';
import type { Recording } from './reader.ts';

export interface Imported {
  readonly tape: Tape;
  /** Keys of the recording that follow the end of the game. */
  readonly keysLeft: number;
  /** The first score that was shown to the one and not to the other; null if all agree. */
  readonly mismatch: { readonly keys: number; readonly recorded: number; readonly played: number } | null;
}

/**
 * Plays a recording's keys with the settings that it had; it does not hold them itself. Wrong ones show in the scores: a
 * recording tells the status line's at each observation, or (as some do) that of the one before.
 * Throws EngineError for settings that the engine does not take.
 */
export function tapeFromRecording(engine: Engine, settings: GameSettings, recording: Recording): Imported {
  const { keys, scores } = recording;
  const found = { mismatch: null as Imported['mismatch'], next: 0, before: 0 };
  const tape = recordTape(engine, settings, keys, {
    onlooker: (given, _figures, observation) => {
      const played = observation.blstats[BLSTATS.score] ?? 0;
      for (; (scores[found.next]?.keys ?? Infinity) <= given; found.next++) {
        const recorded = scores[found.next]?.score ?? 0;
        if (inPlay(observation) && recorded !== played && recorded !== found.before)
          found.mismatch ??= { keys: given, recorded, played };
      }
      found.before = played;
    },
  });
  return { tape, keysLeft: keys.length - tape.keys.length, mismatch: found.mismatch };
}

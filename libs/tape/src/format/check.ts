import { EngineError, FIELDS, checkSettings } from '@arena/engine';
import { TapeError } from '../errors.ts';
import { startOf } from '../settings.ts';
import { type Tape, checkpointCount } from '../tape.ts';
import { LIMITS, MOST_HOW, SHA256_BYTES } from './layout.ts';

function demand(holds: boolean, message: string): void {
  if (!holds) throw new TapeError('bad_tape', `this is no sound tape: ${message}`);
}

const isCount = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most;

/** Holds a tape to what the format can say, whoever made it. Throws TapeError `bad_tape` or `too_large`. */
export function checkTape(tape: Tape): void {
  const { engineId, settings, keys, end, figures, every, fields, checkpoints } = tape;
  demand(/^[0-9a-f]{64}$/.test(engineId), 'its engine id is no sha256 in hexadecimal');
  try {
    checkSettings(startOf(settings));
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    throw new TapeError('bad_tape', `this is no sound tape: ${cause.message}`, { cause });
  }
  demand(
    settings.character.length <= LIMITS.character && /^[\x20-\x7e]*$/.test(settings.character),
    `its character is not printable ASCII of at most ${LIMITS.character} letters`,
  );
  if (keys.length > LIMITS.keys)
    throw new TapeError('too_large', `a tape holds at most ${LIMITS.keys} keys, this one has ${keys.length}`);
  demand(isCount(every, 0xffff_ffff) && every > 0, `it has a checkpoint every ${every} keys`);
  demand(
    fields.length > 0 &&
      FIELDS.filter(({ name }) => fields.includes(name)).every(({ name }, i) => name === fields[i]) &&
      fields.every((name) => FIELDS.some((field) => field.name === name)),
    'its digested fields are none, unknown, or not in the order of the engine',
  );
  const wanted = checkpointCount(keys.length, every);
  demand(
    checkpoints.length === wanted && checkpoints.every(({ length }) => length === SHA256_BYTES),
    `it has ${checkpoints.length} checkpoints; ${keys.length} keys make ${wanted} of ${SHA256_BYTES} bytes`,
  );
  demand(
    Number.isSafeInteger(figures.score) &&
      isCount(figures.turns, 0xffff_ffff) &&
      isCount(figures.deepestLevel, 0xffff_ffff),
    'its score, turns or deepest level are no whole numbers in range',
  );
  if (end.kind !== 'ended') {
    demand(end.kind === 'open' || keys.length > 0, 'a fault needs a key that led to it');
    return;
  }
  demand(isCount(end.how, MOST_HOW), `its end code is ${end.how}; NetHack has 0 to ${MOST_HOW}`);
  demand(keys.length > 0, 'no game ends before its first key');
  if (end.xlogfile === null) return;
  demand(
    end.xlogfile.length > 0 &&
      end.xlogfile.length <= LIMITS.xlogfile &&
      /^[^\n\u0100-\uffff]*$/.test(end.xlogfile),
    `its xlogfile record is not one line of at most ${LIMITS.xlogfile} Latin-1 letters`,
  );
}

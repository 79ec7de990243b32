export type EngineErrorCode =
  /** the engine's files are missing, damaged, or of another interface version */
  | 'bad_engine'
  /** the game trapped, panicked, or asked for no key any more: the engine's fault, never the player's */
  | 'engine_fault'
  /** settings that are no object, a setting that does not exist, or one that is no true or false where it must be */
  | 'bad_setting'
  /** a name in the options text that NetHack 3.6.6 does not have, a text it cannot take, or one of another mode than `debug` */
  | 'unknown_option'
  /** a character with a word that names no role, race, alignment or gender */
  | 'bad_character'
  /** a seed outside 0 … 2^64-1 */
  | 'bad_seed'
  /** a clock that is no whole number of seconds from 1970 to 2037 */
  | 'bad_clock'
  /** a number of loop rounds that is no whole number from 1 to 2^31-1 */
  | 'bad_fuel'
  /** a field that does not exist */
  | 'unknown_field'
  /** a task or a task's option that does not exist, or a value it cannot have */
  | 'bad_task'
  /** a key that is no whole number from 0 to 255 */
  | 'bad_key'
  /** a snapshot that another engine made, or none at all */
  | 'foreign_snapshot'
  /** a snapshot of this engine whose parts are not those of a game: cut off, too large, or of other types */
  | 'bad_snapshot'
  /** a key for a game that has ended or was disposed of */
  | 'game_over';

/** Every error of this package; `code` tells them apart, the message says what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** `engine_fault`: the keys that led there, the last one included; they show the fault again. Null otherwise. */
  readonly tape: Uint8Array | null;

  constructor(
    code: EngineErrorCode,
    message: string,
    options?: ErrorOptions & { readonly tape?: Uint8Array },
  ) {
    super(message, options);
    this.code = code;
    this.tape = options?.tape ?? null;
  }
}

/** A wrong value as a message names it, whatever it is: not every object can be made a string. */
export function shown(value: unknown): string {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? `a value of type ${typeof value}`
    : String(value);
}

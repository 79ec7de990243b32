export type TapeErrorCode =
  /** does not begin as a tape does */
  | 'not_a_tape'
  /** a tape of a later edition of the format */
  | 'unknown_version'
  /** ends before it is complete */
  | 'truncated'
  /** the checksum or the compressed keys do not fit: bytes were changed on the way */
  | 'damaged'
  /** sound bytes that say what cannot be */
  | 'bad_tape'
  /** more than a tape may hold */
  | 'too_large'
  /** a ttyrec that is none, or holds no keys */
  | 'bad_ttyrec'
  /** a game that was given new seeds while it ran: a tape has only those of its start and cannot make it again */
  | 'reseeded'
  /** a tape that has no record of the wanted kind, e.g. no xlogfile line since the game was cut off */
  | 'nothing_to_export';

/** Every error of this package that is about a file's content; `code` tells them apart. */
export class TapeError extends Error {
  override readonly name = 'TapeError';
  readonly code: TapeErrorCode;

  constructor(code: TapeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

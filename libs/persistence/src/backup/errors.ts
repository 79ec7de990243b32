/** A backup could not be made, read or put back; the message says what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

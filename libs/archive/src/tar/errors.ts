/** The bytes are no tar, or not a whole one; the message says what is wrong and where. */
export class TarError extends Error {
  override name = 'TarError';
}

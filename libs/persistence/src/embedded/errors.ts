/** The embedded PostgreSQL could not be set up, started or stopped; the message says what to do. */
export class EmbeddedServerError extends Error {
  override name = 'EmbeddedServerError';
}

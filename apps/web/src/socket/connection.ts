import { connect, type Connection } from '@arena/client';

let shared: Connection | null = null;

/** The site's connection, opened at first use. */
export function connection(): Connection {
  shared ??= connect();
  return shared;
}

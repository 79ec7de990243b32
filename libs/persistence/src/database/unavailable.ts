import { DatabaseBusyError } from './bounded-pool.ts';

/** Of the operating system: the server cannot be reached, or was lost on the way. */
const SYSTEM_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
]);

/**
 * Of PostgreSQL, by class or in full. 08: the connection. 53: no memory, disk or connection left. 57P: it stops or starts.
 * 57014: it gave a slow query up. 58: its machine fails. 40001, 40P01, 55P03: others were in the way. 25006: it only reads.
 */
const SQL_STATES = /^(08...|53...|57P..|57014|58...|40001|40P01|55P03|25006)$/;

/** What pg and TypeORM say without any code. */
const MESSAGES =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|Query read timeout|Client was closed|Cannot use a pool after calling end|Driver not Connected|Connection is not established)/i;

/** Somebody has closed the database for new connections, as before a restore: the code alone says too little. */
const CLOSED = { code: '55000', message: /not currently accepting connections/i };

type Failure = Error & { code?: unknown; driverError?: unknown; errors?: unknown };

/**
 * Whether a query failed because the database cannot serve it at present (down, starting, full, too busy), and not because of
 * what was asked. The same request may succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  const seen = new Set<unknown>();
  // Also an error of another realm: Node's own are of another one where code runs in a context of its own.
  for (let each = error; Error.isError(each) && !seen.has(each);) {
    seen.add(each);
    if (each instanceof DatabaseBusyError) return true;
    const { code, driverError, cause, errors } = each as Failure;
    if (typeof code === 'string' && (SYSTEM_CODES.has(code) || SQL_STATES.test(code))) return true;
    if (code === CLOSED.code && CLOSED.message.test(each.message)) return true;
    if (MESSAGES.test(each.message)) return true;
    if (Array.isArray(errors) && errors.some(isUnavailable)) return true;
    each = driverError ?? cause;
  }
  return false;
}

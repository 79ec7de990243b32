import { ApiError } from '@arena/client';
import { printable } from '@arena/report';
import { CommandError } from '../usage.ts';

/** The server's refusal in its own words, and what to do about it. */
export function refusal(error: ApiError, base: string): CommandError {
  const again = error.retryAfter === null ? '' : ` (try again in ${error.retryAfter} s)`;
  const there = error.location?.replace(/^\/api/, base) ?? null;
  const hint =
    error.status === 401 || error.status === 403
      ? ' Give the token by --token-file FILE or ARENA_TOKEN.'
      : there === null
        ? ''
        : ` See ${there}`;
  const message = printable(error.message).replace(/[.]?$/, error.status === 0 ? '' : '.');
  const start = error.status === 0 ? '. Is it running? Say --server URL for another' : '';
  return new CommandError(`${message}${start}${again}${hint}`, { cause: error });
}

/** Asks the server. Throws CommandError with its refusal. */
export async function asked<T>(base: string, question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof ApiError) throw refusal(error, base);
    throw error;
  }
}

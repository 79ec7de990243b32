import type { ErrorView } from '@arena/contracts';
import { HttpException, HttpStatus } from '@nestjs/common';

/** An answer with a stable code for programs and a message for people. */
export class ApiError extends HttpException {
  constructor(
    status: HttpStatus,
    readonly code: string,
    message: string,
    /** Sent as response headers. */
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super({ code, message } satisfies ErrorView, status, options);
  }
}

export function notFound(what: 'competition' | 'submission' | 'game', id: string): ApiError {
  return new ApiError(
    HttpStatus.NOT_FOUND,
    `${what}_not_found`,
    `There is no ${what} ${JSON.stringify(id.slice(0, 80))} here. Check the address.`,
  );
}

/** Seconds after which it is worth asking a server again that could not serve; apart, so that not all come back at once. */
const retryAfter = (): string => String(2 + Math.floor(Math.random() * 4));

/** A 503: the database is away or has too much to do, and nothing is wrong with what was asked. */
export function unavailable(cause?: unknown): ApiError {
  return new ApiError(
    HttpStatus.SERVICE_UNAVAILABLE,
    'unavailable',
    'The server cannot reach its database, or has too much to do at the moment. Nothing is wrong with your request: send it again in some seconds.',
    { 'Retry-After': retryAfter() },
    { cause },
  );
}

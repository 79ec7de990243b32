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

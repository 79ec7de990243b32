import type { ErrorView } from '@arena/contracts';
import { isUnavailable } from '@arena/persistence';
import {
  Catch,
  HttpException,
  HttpStatus,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { QueryFailedError } from 'typeorm';
import { ApiError, unavailable } from './api-error.ts';
import { RareLog } from './rare-log.ts';

/** Codes of errors that the framework raises. */
const CODES: Partial<Record<number, string>> = {
  [HttpStatus.BAD_REQUEST]: 'bad_request',
  [HttpStatus.NOT_FOUND]: 'not_found',
  [HttpStatus.METHOD_NOT_ALLOWED]: 'method_not_allowed',
  [HttpStatus.PAYLOAD_TOO_LARGE]: 'body_too_large',
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: 'unsupported_media_type',
  [HttpStatus.REQUEST_TIMEOUT]: 'request_timeout',
};

/** Every error leaves as an ErrorView; what nobody expected is logged under a number that the answer names. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');
  /** A database that is away fails every request: one flood wrote 1,623 stacks in seconds. */
  private readonly away = new RareLog((line) => {
    this.logger.error(line);
  });

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    // Told to come again when it took too long; what comes of it now is nobody's.
    if (response.writableEnded) return;
    const { status, view, headers } = this.describe(error);
    if (response.headersSent) {
      // Half an answer is out; cutting the connection tells the client that it is not whole.
      response.destroy();
      return;
    }
    response.status(status).set(headers).json(view);
  }

  private describe(error: unknown): { status: number; view: ErrorView; headers: Record<string, string> } {
    if (isUnavailable(error)) {
      this.away.say(`answered 503, the database cannot serve: ${(error as Error).message}`);
      return described(unavailable(error));
    }
    if (error instanceof ApiError) return described(error);
    const status = statusOf(error);
    if (status !== null && status < 500) {
      return {
        status,
        view: { code: CODES[status] ?? 'bad_request', message: messageOf(error) },
        headers: {},
      };
    }
    if (isDataException(error)) {
      // Checks before it should have said which field; the log tells whom to mend.
      this.logger.warn(`a request held what cannot be stored: ${(error as Error).message}`);
      return {
        status: HttpStatus.BAD_REQUEST,
        view: {
          code: 'bad_request',
          message: 'Something in the request cannot be stored or looked up here.',
        },
        headers: {},
      };
    }
    const number = randomUUID().slice(0, 8);
    this.logger.error(
      `internal error ${number}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    const message = `Something broke on our side, not yours; organisers find it in the log as ${number}. Try again later.`;
    return { status: 500, view: { code: 'internal', message }, headers: {} };
  }
}

function described(error: ApiError): { status: number; view: ErrorView; headers: Record<string, string> } {
  return {
    status: error.getStatus(),
    view: { code: error.code, message: error.message },
    headers: error.headers,
  };
}

/** PostgreSQL's class 22: text that it cannot encode, numbers and dates out of range. */
function isDataException(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return error instanceof QueryFailedError && typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

/** Also express's own parsers carry a status. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 ? status : null;
}

function messageOf(error: unknown): string {
  if (error instanceof HttpException) {
    const body = error.getResponse();
    const inner = typeof body === 'object' ? (body as { message?: unknown }).message : body;
    if (Array.isArray(inner)) return inner.join('; ');
    if (typeof inner === 'string') return inner;
  }
  return error instanceof Error ? error.message : 'The request cannot be understood.';
}

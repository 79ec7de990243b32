import { HttpStatus } from '@nestjs/common';
import { jsonFault, pathText, plain, unfit } from '@arena/protocol';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

/**
 * What express's parser finds wrong with a JSON body, in words that help: stands right behind the parser, since the framework
 * keeps nothing of the error but its message.
 */
export const explainBody: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  next(explained(error));
};

/** Refuses bodies that are JSON and could break what is behind: nested for a stack overflow, text that no database stores. */
export const checkBody: RequestHandler = (request, _response, next) => {
  const found = unfit(request.body);
  if (found === null) {
    next();
    return;
  }
  const field = plain(pathText(found.path).slice(0, 200));
  next(badBody(field === '' ? `The body ${found.problem}.` : `${field}: ${found.problem}`));
};

function explained(error: unknown): unknown {
  const { type, body } = error as { type?: unknown; body?: unknown };
  if (type !== 'entity.parse.failed' || typeof body !== 'string') return error;
  try {
    JSON.parse(body);
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    return badBody(`The body is not JSON: ${plain(jsonFault(body, fault))}`);
  }
  // The parser takes objects and lists only.
  return badBody('The body is JSON, but no object. Send one object in braces.');
}

const badBody = (message: string): ApiError => new ApiError(HttpStatus.BAD_REQUEST, 'bad_request', message);

import { HttpStatus } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { ApiError } from '../errors/api-error.ts';

const TYPES = new Set([
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'application/x-compressed-tar',
]);

/** How long a refused sender may go on sending before the connection is cut. */
const DRAIN_MS = 10_000;

/** Throws a 415 unless the body comes as plain bytes. */
export function requireArchiveType(request: Request): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (TYPES.has(type) && !request.headers['content-encoding']) return;
  throw new ApiError(
    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
    'unsupported_media_type',
    'Send the .tar.gz itself as the body, with "Content-Type: application/gzip", not a form.',
  );
}

/**
 * The body as a stream that may be given up half-way without tearing the connection down: the sender still gets to read
 * why it was refused, and what it sends on is thrown away.
 */
export function bodyOf(request: Request): Readable {
  return Readable.from(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, {
    objectMode: false,
  });
}

/** After a refusal: reads the rest away for a while, then cuts. */
export function drain(request: Request, response: Response): void {
  if (request.complete || request.destroyed) return;
  response.set('Connection', 'close');
  request.on('error', () => undefined);
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MS);
  request.once('close', () => {
    clearTimeout(timer);
  });
}

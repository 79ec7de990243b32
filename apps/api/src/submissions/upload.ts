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

/**
 * A sender that is silent for so long makes room for others; one that sends drop by drop is cut after the 5 minutes that
 * Node gives a whole request.
 */
const UPLOAD_IDLE_MS = 15_000;

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
 * why it was refused, and what it sends on is thrown away. Fails with a 408 when nothing comes for `idleMs`.
 */
export function bodyOf(request: Request, idleMs = UPLOAD_IDLE_MS): Readable {
  return Readable.from(chunksOf(request, idleMs), { objectMode: false });
}

async function* chunksOf(request: Request, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  for (;;) {
    const next = await within(chunks.next(), idleMs);
    if (next.done) return;
    yield next.value;
  }
}

async function within<T>(promise: Promise<T>, idleMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new ApiError(
          HttpStatus.REQUEST_TIMEOUT,
          'upload_stalled',
          `Nothing more of the archive came for ${idleMs / 1000} s. Check your connection and send it again.`,
        ),
      );
    }, idleMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** After a refusal: reads the rest away for a while, then cuts. */
export function drain(request: Request, response: Response): void {
  if (request.complete || request.destroyed) return;
  response.set('Connection', 'close');
  request.on('error', () => undefined);
  request.resume();
  // A server that stops does not wait for it.
  const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref();
  request.once('close', () => {
    clearTimeout(timer);
  });
}

import { HttpStatus } from '@nestjs/common';
import type { Request } from 'express';
import { Readable } from 'node:stream';
import { ApiError } from '../errors/api-error.ts';

const TYPES = new Set([
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'application/x-compressed-tar',
]);

/** How an upload must come in: at least so many bytes a second, over each `windowMs`. */
export interface Pace {
  readonly bytesPerSecond: number;
  readonly windowMs: number;
}

/** Long enough for a line that hangs for some seconds, and short enough that who sends a byte now and then is soon gone. */
export const PACE_WINDOW_MS = 15_000;

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
 * why it was refused, and what it sends on is thrown away. Fails with a 408 when it comes more slowly than `pace`, and with a 400
 * when its sender breaks off.
 */
export function bodyOf(request: Request, pace: Pace): Readable {
  return Readable.from(chunksOf(request, pace), { objectMode: false });
}

async function* chunksOf(request: Request, { bytesPerSecond, windowMs }: Pace): AsyncGenerator<Buffer> {
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  const least = Math.ceil((bytesPerSecond * windowMs) / 1000);
  let came = 0;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (came < least) reject(tooSlow(came, least, windowMs));
      came = 0;
    }, windowMs);
  });
  // Nobody may be waiting for a chunk when it comes too late.
  late.catch(() => undefined);
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), late]).catch((error: unknown) => {
        throw error instanceof ApiError ? error : brokenOff(error);
      });
      if (next.done) return;
      came += next.value.length;
      yield next.value;
    }
  } finally {
    clearInterval(timer);
  }
}

const tooSlow = (came: number, least: number, windowMs: number): ApiError =>
  new ApiError(
    HttpStatus.REQUEST_TIMEOUT,
    'upload_stalled',
    `Only ${came} bytes of the archive came in ${windowMs / 1000} s, and at least ${least} must. Check your connection and send it again.`,
  );

export const brokenOff = (cause?: unknown): ApiError =>
  new ApiError(
    HttpStatus.BAD_REQUEST,
    'upload_broken_off',
    'The connection ended before the whole archive had come. Send it again.',
    {},
    { cause },
  );

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the request bears as `Authorization: Bearer …`. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Whether the request bears the organisers' token. Nobody does where there is none. */
export function holdsToken(request: IncomingMessage, adminToken: string | null): boolean {
  const given = bearerOf(request);
  return adminToken !== null && given !== undefined && sameText(given, adminToken);
}

/** In a time that tells nothing about where they differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

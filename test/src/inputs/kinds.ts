import { archives } from './archives.ts';
import { bodies } from './bodies.ts';
import type { Kind } from './kind.ts';
import { manifests } from './manifests.ts';
import { tapes, ttyrecs } from './recordings.ts';
import { sockets } from './sockets.ts';

export const KINDS: readonly Kind[] = [archives, manifests, bodies, sockets, tapes, ttyrecs];

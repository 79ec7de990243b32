/** What the page and its engine threads say to each other. */
import type { Tape } from '@arena/tape';
import type { Outcome, Sample } from './outcome.ts';

/** To the thread that plays a tape for the player. */
export type PlaybackRequest = { type: 'load'; tape: Tape } | { type: 'goTo'; step: number };

export type PlaybackAnswer =
  | { type: 'ready'; total: number }
  /** `frame` is encoded as on the socket. */
  | { type: 'picture'; frame: ArrayBuffer; key: number | null; arrived: boolean }
  | { type: 'failed'; message: string };

/** To the thread that plays a whole tape as fast as it can. */
export interface VerificationRequest {
  type: 'verify';
  tape: Tape;
}

export type VerificationAnswer =
  | { type: 'loading' }
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; outcome: Outcome; samples: Sample[]; milliseconds: number; engineChecked: boolean }
  | { type: 'failed'; message: string };

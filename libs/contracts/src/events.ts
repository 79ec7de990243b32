/** Socket events: one map types both directions for gateway and pages. */
import type { BoardRow, EvaluationView, GameRow } from './views.ts';

/** Events from server to browsers, by room. */
export interface ServerEvents {
  /** Room `board:<competition>`: the whole board in its new order (it is short) with its version. */
  'board:changed': (event: { competition: string; version: number; rows: BoardRow[] }) => void;
  /** Rooms `board:<competition>` and `submission:<id>`. */
  'evaluation:progress': (event: {
    submissionId: string;
    competition: string;
    evaluation: EvaluationView;
  }) => void;
  /** Rooms `submission:<id>` and `game:<id>`. */
  'game:started': (event: { submissionId: string; competition: string; game: GameRow }) => void;
  'game:ended': (event: { submissionId: string; competition: string; game: GameRow }) => void;
  /** Room `game:<id>`, volatile, at most ten a second: an encoded terminal frame (frame.ts), one encoding a room. */
  frame: (gameId: string, frame: ArrayBuffer) => void;
}

/** The rooms a browser may join. */
export type Room = `board:${string}` | `submission:${string}` | `game:${string}`;

/** Whether a room was entered; if not, why, and where it is worth it after how long to ask again. */
export interface JoinAnswer {
  ok: boolean;
  message?: string;
  /** Present where the server had no room at the moment: the same question may be answered otherwise then. */
  retryAfterMs?: number;
}

/** Events from browsers to the server. */
export interface ClientEvents {
  join: (room: Room, answer: (answer: JoinAnswer) => void) => void;
  leave: (room: Room) => void;
}

/** Channels of PostgreSQL's NOTIFY between worker and API; payloads stay under its 8,000 bytes. */
export const CHANNELS = {
  /** worker → API, in the transaction that wrote the row: {@link Notice} as JSON. */
  notices: 'arena_notices',
  /** worker → API: `<game id> <base64 frame>`. */
  frames: 'arena_frames',
  /** whoever put shards on a queue → workers, when it commits. */
  shards: 'arena_shards',
  /** API → workers: `<game id>`, renewed every WATCH_RENEW_MS while anybody watches. */
  watch: 'arena_watch',
} as const;

/** A watched game sends frames until this long after the last renewal. */
export const WATCH_EXPIRE_MS = 6_000;
export const WATCH_RENEW_MS = 2_000;
/** Ten frames a second at most for one game. */
export const FRAME_INTERVAL_MS = 100;

/** What changed, by id; the API reads the row and tells the browsers. */
export type Notice =
  | { kind: 'evaluation'; evaluationId: string; submissionId: string; competition: string }
  | { kind: 'game:started' | 'game:ended'; gameId: string; submissionId: string; competition: string }
  | { kind: 'board'; competition: string };

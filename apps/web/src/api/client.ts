/** The REST API as functions: one place that knows its paths. */
import type {
  BoardView,
  CompetitionView,
  ErrorView,
  GamePage,
  GameView,
  SubmissionView,
} from '@arena/contracts';
import { decodeTape, TapeError, type Tape } from '@arena/tape';

/** An answer that is not what was asked for. The message says what happened and what to do next. */
export class ApiError extends Error {
  /** When the server wants to be asked again; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    /** HTTP status; 0 if no answer came. */
    readonly status: number,
    /** Stable code of the server's ErrorView, or one of `unreachable`, `unreadable`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number | null },
  ) {
    super(message, options);
    this.retryAfterMs = options?.retryAfterMs ?? null;
    this.name = 'ApiError';
  }
}

/** Asks for something. Throws ApiError; an abort stays an abort. */
async function get(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError(
      0,
      'unreachable',
      'The server cannot be reached: you may be offline, or it is being restarted.',
      { cause },
    );
  }
}

/** Reads one JSON document. Throws ApiError; an abort stays an abort. */
async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await get(path, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as T;
  throw errorFrom(response.status, body, response.headers.get('retry-after'));
}

/**
 * The error that an answer stands for; a proxy's page without our ErrorView gets words of our own. `retryAfter`: the answer's
 * header of that name.
 */
export function errorFrom(status: number, body: unknown, retryAfter: string | null = null): ApiError {
  const options = { retryAfterMs: readRetryAfter(retryAfter) };
  if (isErrorView(body)) return new ApiError(status, body.code, body.message, options);
  return new ApiError(status, 'unreadable', WORDS[status] ?? wordsOf(status), options);
}

const WORDS: Partial<Record<number, string>> = {
  404: 'There is nothing under this address. The link may be old or mistyped.',
  429: 'More was asked from your address than the server answers at once.',
  502: 'The arena is being restarted.',
  503: 'The arena is being restarted, or has more to do than it can.',
  504: 'The arena takes too long to answer. It has more to do than it can.',
};

const wordsOf = (status: number): string =>
  `The server answered ${status} without saying why. That is a fault of the platform; try again in a minute.`;

/** Seconds, or a date; null for anything else. */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function isErrorView(body: unknown): body is ErrorView {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'message' in body &&
    typeof body.code === 'string' &&
    typeof body.message === 'string'
  );
}

const id = encodeURIComponent;

export const getCompetitions = (signal: AbortSignal): Promise<CompetitionView[]> =>
  getJson('/api/competitions', signal);

export const getBoard = (slug: string, signal: AbortSignal): Promise<BoardView> =>
  getJson(`/api/competitions/${id(slug)}/board`, signal);

/** The games being played now. */
export const getLiveGames = (slug: string, signal: AbortSignal): Promise<GameView[]> =>
  getJson(`/api/competitions/${id(slug)}/live`, signal);

export const getSubmission = (submission: string, signal: AbortSignal): Promise<SubmissionView> =>
  getJson(`/api/submissions/${id(submission)}`, signal);

/** One page of a submission's games, by index. */
export const getGames = (
  submission: string,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<GamePage> =>
  getJson(`/api/submissions/${id(submission)}/games?offset=${offset}&limit=${limit}`, signal);

export const getGame = (game: string, signal: AbortSignal): Promise<GameView> =>
  getJson(`/api/games/${id(game)}`, signal);

/** Where a finished game's tape is downloaded. */
export const tapePath = (game: string): string => `/api/games/${id(game)}/tape`;

/** Reads a finished game's tape. Throws ApiError, also for a file that is no sound tape. */
export async function getTape(game: string, signal: AbortSignal): Promise<Tape> {
  const response = await get(tapePath(game), signal);
  if (!response.ok) {
    const body: unknown = await response.json().catch((): undefined => undefined);
    throw errorFrom(response.status, body, response.headers.get('retry-after'));
  }
  try {
    return await decodeTape(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    if (!(cause instanceof TapeError)) throw cause;
    const message = `The tape of this game cannot be read: ${cause.message}. That is a fault of the platform; tell its organisers.`;
    throw new ApiError(response.status, cause.code, message, { cause });
  }
}

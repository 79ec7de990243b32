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
  constructor(
    /** HTTP status; 0 if no answer came. */
    readonly status: number,
    /** Stable code of the server's ErrorView, or one of `unreachable`, `unreadable`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
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
      'The server cannot be reached. Check your connection; the page tries again by itself when it is back.',
      { cause },
    );
  }
}

/** Reads one JSON document. Throws ApiError; an abort stays an abort. */
async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await get(path, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as T;
  throw errorFrom(response.status, body);
}

/** The error that an answer stands for; a proxy's page without our ErrorView gets words of our own. */
export function errorFrom(status: number, body: unknown): ApiError {
  if (isErrorView(body)) return new ApiError(status, body.code, body.message);
  const message =
    status === 404
      ? 'There is nothing under this address. The link may be old or mistyped.'
      : `The server answered ${status} without saying why. That is a fault of the platform; try again in a minute.`;
  return new ApiError(status, 'unreadable', message);
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
  if (!response.ok) throw errorFrom(response.status, await response.json().catch((): undefined => undefined));
  try {
    return await decodeTape(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    if (!(cause instanceof TapeError)) throw cause;
    const message = `The tape of this game cannot be read: ${cause.message}. That is a fault of the platform; tell its organisers.`;
    throw new ApiError(response.status, cause.code, message, { cause });
  }
}

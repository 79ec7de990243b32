/** The REST calls of the launcher and of the participants' tools, typed by the shared contracts. */
import type {
  BoardView,
  CompetitionView,
  NewCompetition,
  ErrorView,
  GamePage,
  GameRow,
  GameView,
  HealthView,
  SubmissionView,
} from '@arena/contracts';

import { backoffMs } from './backoff.ts';

/** An answer with status ≥ 400: the server's own words. Or none: status 0, code `unreachable`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** Of the answer's Location: what is there already. */
  readonly location: string | null;
  /** Seconds after which the server wants to be asked again; null if it did not say. */
  readonly retryAfter: number | null;

  constructor(status: number, body: Partial<ErrorView>, headers: Headers = new Headers(), cause?: unknown) {
    super(body.message ?? `the server answered ${status}`, { cause });
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.location = headers.get('location');
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    this.retryAfter = Number.isFinite(seconds) ? seconds : null;
  }
}

/** A server that is too busy is asked again for so long, if it says that it is worth it. */
const PATIENCE_MS = 60_000;

/** The API tells what hangs after two seconds. */
const HEALTH_MS = 10_000;

/** Rows are about 400 bytes. */
const GAMES_A_PAGE = 200;

interface Body {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export class ArenaClient {
  readonly #base: string;
  readonly #token: string | null;
  readonly #patienceMs: number;

  /**
   * `base`: e.g. `http://127.0.0.1:3000`; `token`: the organiser's, where one is needed. An answer of 429 or 503 with Retry-After is
   * waited out and the request sent again, until `patienceMs` have passed.
   */
  constructor(base: string, token: string | null = null, patienceMs = PATIENCE_MS) {
    this.#base = base.replace(/\/+$/, '');
    this.#token = token;
    this.#patienceMs = patienceMs;
  }

  /** Also that of an arena that is not well, with the checks that failed. Asks once, and gives up after ten seconds. */
  async health(): Promise<HealthView> {
    const message = `${this.#base} does not say within ${HEALTH_MS / 1000} s how it is`;
    try {
      const answer = await fetch(`${this.#base}/api/health`, { signal: AbortSignal.timeout(HEALTH_MS) });
      const json: unknown = await answer.json().catch((error: unknown) => {
        if ((error as Error).name === 'TimeoutError') throw error;
      });
      if (typeof json === 'object' && json !== null && 'ok' in json && 'workers' in json)
        return json as HealthView;
      throw new ApiError(answer.status, asErrorView(json), answer.headers);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const late = (error as Error).name === 'TimeoutError';
      const said = late ? message : `${this.#base} ${unreachable(error)}`;
      throw new ApiError(0, { code: 'unreachable', message: said }, undefined, error);
    }
  }

  /** All competitions, the oldest first. */
  async competitions(): Promise<CompetitionView[]> {
    const list = await this.#call('GET', 'competitions');
    if (Array.isArray(list)) return list as CompetitionView[];
    const message = `${this.#base} answers, but not as an arena does`;
    throw new ApiError(200, { code: 'unreadable', message });
  }

  board(competition: string): Promise<BoardView> {
    return this.#call('GET', `competitions/${encodeURIComponent(competition)}/board`) as Promise<BoardView>;
  }

  submission(id: string): Promise<SubmissionView> {
    return this.#call('GET', `submissions/${encodeURIComponent(id)}`) as Promise<SubmissionView>;
  }

  /** All games of a submission in their order. */
  async games(id: string): Promise<GameRow[]> {
    const games: GameRow[] = [];
    for (;;) {
      const path = `submissions/${encodeURIComponent(id)}/games?offset=${games.length}&limit=${GAMES_A_PAGE}`;
      const page = (await this.#call('GET', path)) as GamePage;
      games.push(...page.games);
      if (page.games.length === 0 || games.length >= page.total) return games;
    }
  }

  /** One game, with the last lines that its agent printed. */
  game(id: string): Promise<GameView> {
    return this.#call('GET', `games/${encodeURIComponent(id)}`) as Promise<GameView>;
  }

  /** Makes the competition or brings it to these settings. `masterSeed`: 64 hexadecimal digits. */
  putCompetition(slug: string, settings: NewCompetition): Promise<CompetitionView> {
    const body = { content: JSON.stringify(settings), type: 'application/json' };
    return this.#call('PUT', `competitions/${encodeURIComponent(slug)}`, body) as Promise<CompetitionView>;
  }

  /** `archive`: the bytes of a .tar.gz. */
  submit(competition: string, archive: Uint8Array): Promise<SubmissionView> {
    const body = { content: new Uint8Array(archive), type: 'application/gzip' };
    const path = `competitions/${encodeURIComponent(competition)}/submissions`;
    return this.#call('POST', path, body) as Promise<SubmissionView>;
  }

  /** Throws ApiError, also where the server was too busy for longer than patience lasts. */
  async #call(method: string, path: string, body?: Body): Promise<unknown> {
    const end = performance.now() + this.#patienceMs;
    for (let failures = 0; ; failures++) {
      try {
        return await this.#ask(method, path, body);
      } catch (error) {
        if (!(error instanceof ApiError) || error.retryAfter === null || ![429, 503].includes(error.status))
          throw error;
        const waitMs = Math.max(backoffMs(failures), error.retryAfter * 1000);
        if (performance.now() + waitMs > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  async #ask(method: string, path: string, body?: Body): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (this.#token !== null) headers['authorization'] = `Bearer ${this.#token}`;
    if (body !== undefined) headers['content-type'] = body.type;
    const answer = await fetch(`${this.#base}/api/${path}`, {
      method,
      headers,
      body: body?.content ?? null,
    }).catch((cause: unknown) => {
      throw new ApiError(
        0,
        { code: 'unreachable', message: `${this.#base} ${unreachable(cause)}` },
        undefined,
        cause,
      );
    });
    const json: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw new ApiError(answer.status, asErrorView(json), answer.headers);
    if (json === undefined) {
      const message = `${this.#base} answers, but not as an arena does`;
      throw new ApiError(answer.status, { code: 'unreadable', message }, answer.headers);
    }
    return json;
  }
}

function asErrorView(json: unknown): Partial<ErrorView> {
  return typeof json === 'object' && json !== null ? json : {};
}

/** Why fetch had no answer: its own message is `fetch failed`, the cause tells. */
function unreachable(error: unknown): string {
  const cause = (error as Error | undefined)?.cause as NodeJS.ErrnoException | undefined;
  const words: Record<string, string> = {
    ECONNREFUSED: 'cannot be reached: nothing listens there',
    ENOTFOUND: 'cannot be reached: no machine has this name',
    EAI_AGAIN: 'cannot be reached: its name cannot be looked up now',
    ECONNRESET: 'closed the connection',
    ETIMEDOUT: 'cannot be reached: no answer came in time',
  };
  return words[cause?.code ?? ''] ?? `cannot be reached (${cause?.code ?? cause?.message ?? String(error)})`;
}

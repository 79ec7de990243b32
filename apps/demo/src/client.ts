/** The few REST calls of the launcher, typed by the shared contracts. */
import type { BoardView, CompetitionView, ErrorView, HealthView, SubmissionView } from '@arena/contracts';

/** An answer with status ≥ 400: the server's own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, body: Partial<ErrorView>) {
    super(body.message ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code ?? 'unknown';
  }
}

export class ArenaClient {
  readonly #base: string;
  readonly #token: string;

  /** `base`: e.g. `http://127.0.0.1:3000`; `token`: the organiser's. */
  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  health(): Promise<HealthView> {
    return this.#call('GET', 'health') as Promise<HealthView>;
  }

  board(competition: string): Promise<BoardView> {
    return this.#call('GET', `competitions/${competition}/board`) as Promise<BoardView>;
  }

  submission(id: string): Promise<SubmissionView> {
    return this.#call('GET', `submissions/${id}`) as Promise<SubmissionView>;
  }

  /** Makes the competition or brings it to these settings. `masterSeed`: 64 hexadecimal digits. */
  putCompetition(
    slug: string,
    settings: Omit<CompetitionView, 'slug'> & { masterSeed?: string },
  ): Promise<CompetitionView> {
    return this.#call(
      'PUT',
      `competitions/${slug}`,
      JSON.stringify(settings),
      'application/json',
    ) as Promise<CompetitionView>;
  }

  submit(competition: string, archive: Buffer): Promise<SubmissionView> {
    const path = `competitions/${competition}/submissions`;
    return this.#call('POST', path, new Uint8Array(archive), 'application/gzip') as Promise<SubmissionView>;
  }

  async #call(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    type?: string,
  ): Promise<unknown> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (type !== undefined) headers['content-type'] = type;
    const answer = await fetch(`${this.#base}/api/${path}`, { method, headers, body: body ?? null });
    const json: unknown = await answer.json();
    if (!answer.ok) throw new ApiError(answer.status, json as Partial<ErrorView>);
    return json;
  }
}

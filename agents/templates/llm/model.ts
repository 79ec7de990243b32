import type { Budget } from './budget.ts';
import type { Settings } from './settings.ts';

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** Why there is no answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** Whether another try may help. */
  readonly isPassing: boolean;
  /** What the server asked to wait; 0 if it did not. */
  readonly afterMs: number;

  constructor(message: string, isPassing: boolean, afterMs = 0) {
    super(message);
    this.isPassing = isPassing;
    this.afterMs = afterMs;
  }
}

const LONGEST_PAUSE_MS = 8000;
/** A server that is asked before the time it named turns away again; the challenge gives a step 30 seconds. */
const LONGEST_WISH_MS = 20_000;
const ANSWER_TOKENS = 256;
/** An answer has some hundred bytes; what does not end is no answer. */
const MOST_BYTES = 1_000_000;
/** Of text, for servers that do not count. */
const BYTES_PER_TOKEN = 4;

/** A model behind a server that speaks OpenAI's chat interface. */
export class Model {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * The model's answer. Tries again after what may pass, with pauses that double, as long as the budget lasts. Throws
   * NoAnswer with the last reason.
   */
  async ask(messages: readonly Message[], seed: number, budget: Budget): Promise<string> {
    const { tries, backoffMs } = this.#settings;
    for (let attempt = 1; ; attempt++) {
      try {
        return await budget.charge(() => this.#try(messages, seed, budget));
      } catch (error) {
        if (!(error instanceof NoAnswer) || !error.isPassing || attempt >= tries) throw error;
        // Half of it is chance, so that games that failed together do not come back together.
        const pause = backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
        const wished = Math.min(LONGEST_WISH_MS, error.afterMs);
        const ms = Math.min(Math.max(Math.min(LONGEST_PAUSE_MS, pause), wished), budget.millisecondsLeft);
        await budget.charge(() => new Promise((resolve) => setTimeout(resolve, ms)));
        if (budget.isUsedUp) throw error;
      }
    }
  }

  async #try(messages: readonly Message[], seed: number, budget: Budget): Promise<string> {
    const { url, model, key, timeoutMs } = this.#settings;
    budget.calls += 1;
    const request = JSON.stringify({ model, messages, seed, temperature: 0.7, max_tokens: ANSWER_TOKENS });
    const body = await this.#send(
      new Request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        },
        body: request,
        signal: AbortSignal.timeout(Math.ceil(Math.min(timeoutMs, budget.millisecondsLeft))),
      }),
    );
    const { text, tokens } = contentOf(body);
    budget.tokens += tokens ?? Math.ceil((request.length + body.length) / BYTES_PER_TOKEN);
    if (text === null) throw new NoAnswer(`the server answered ${body.slice(0, 200)}`, false);
    return text;
  }

  /** The body of an answer that says it is one. Throws NoAnswer. */
  async #send(request: Request): Promise<string> {
    let response: Response;
    let body: string;
    try {
      response = await fetch(request);
      body = await read(response);
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      // fetch tells what went wrong in the cause: refused, reset, timed out.
      const { message, cause } = error as Error;
      throw new NoAnswer(`no answer: ${cause instanceof Error ? cause.message : message}`, true);
    }
    const { ok, status, headers } = response;
    if (ok) return body;
    const isPassing = status === 408 || status === 429 || status >= 500;
    const seconds = Number(headers.get('retry-after') ?? 0);
    throw new NoAnswer(
      `the server answered ${status}: ${body.slice(0, 200)}`,
      isPassing,
      Number.isFinite(seconds) ? seconds * 1000 : 0,
    );
  }
}

async function read(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    if (text.length > MOST_BYTES) throw new NoAnswer('the server’s answer does not end', false);
  }
  return text;
}

/** Null for what is no completion. */
function contentOf(body: string): { text: string | null; tokens: number | null } {
  let found: unknown;
  try {
    found = JSON.parse(body);
  } catch {
    return { text: null, tokens: null };
  }
  const { choices, usage } = (found ?? {}) as {
    choices?: { message?: { content?: unknown } }[];
    usage?: { total_tokens?: unknown };
  };
  const text = Array.isArray(choices) ? choices[0]?.message?.content : null;
  const tokens = usage?.total_tokens;
  return {
    text: typeof text === 'string' ? text : null,
    tokens: typeof tokens === 'number' && tokens >= 0 ? tokens : null,
  };
}

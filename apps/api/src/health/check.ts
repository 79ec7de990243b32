/** How long a check may take: what hangs is told as a failure, not waited for. */
const DEADLINE_MS = 2_000;
/** The page is public: however many ask, a check runs once in this time. */
const FRESH_MS = 2_000;

export type Outcome<T> = { readonly value: T } | { readonly error: string };

/**
 * One look at one part. Those who ask at the same time share it. A look that hangs is not begun again beside itself, so that it
 * holds one connection at most; whoever asks meanwhile hears after the deadline that it hangs.
 */
export class Check<T> {
  readonly #look: () => Promise<T>;
  readonly #goodMs: number;
  #running: Promise<Outcome<T>> | null = null;
  #last: { at: number; outcome: Outcome<T> } | null = null;

  /** `goodMs`: for so long a good outcome is told again without a look. */
  constructor(look: () => Promise<T>, goodMs = FRESH_MS) {
    this.#look = look;
    this.#goodMs = goodMs;
  }

  async outcome(): Promise<Outcome<T>> {
    if (this.#last !== null) {
      const { at, outcome } = this.#last;
      if (performance.now() - at < ('value' in outcome ? this.#goodMs : FRESH_MS)) return outcome;
    }
    this.#running ??= this.#run();
    return within(this.#running);
  }

  async #run(): Promise<Outcome<T>> {
    let outcome: Outcome<T>;
    try {
      outcome = { value: await this.#look() };
    } catch (error) {
      outcome = { error: error instanceof Error ? error.message : String(error) };
    }
    this.#last = { at: performance.now(), outcome };
    this.#running = null;
    return outcome;
  }
}

async function within<T>(running: Promise<Outcome<T>>): Promise<Outcome<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve({ error: `no answer within ${DEADLINE_MS / 1000} s` });
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this worker can still hold agents in: after failures in a row it looks, and leaves service if it cannot. */

/** Failures of the platform in a row, whatever the evaluation, after which is looked whether agents can be run. */
const IN_A_ROW = 3;
const LOOK_AGAIN_MS = 60_000;

export interface SoundnessParts {
  /** Rejects with the reason if agents cannot be run. */
  probe(): Promise<void>;
  leave(reason: string): Promise<void>;
  comeBack(): Promise<void>;
  /** {@link leave} or {@link comeBack} failed; it is tried again at the next look. */
  onError(error: unknown): void;
  /** Default: a minute. */
  lookAgainMs?: number;
}

export class Soundness {
  readonly #parts: SoundnessParts;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(parts: SoundnessParts) {
    this.#parts = parts;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /**
   * A failure alone proves nothing: an agent whose game breaks the engine would take one worker after the other out of
   * service. So after the third in a row an agent of our own is played; only if that fails too the worker leaves.
   */
  async failed(reason: string): Promise<void> {
    this.#failures += 1;
    if (this.#failures < IN_A_ROW || this.#timer !== null || this.#stopped) return;
    const found = await this.#look();
    if (found === null) {
      this.#failures = 0;
      return;
    }
    this.#lookLater();
    await this.#parts
      .leave(`${this.#failures} failures in a row, the last: ${reason}; and now: ${found}`)
      .catch((error: unknown) => {
        this.#parts.onError(error);
      });
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #look(): Promise<string | null> {
    try {
      await this.#parts.probe();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#tryToComeBack();
    }, this.#parts.lookAgainMs ?? LOOK_AGAIN_MS);
  }

  async #tryToComeBack(): Promise<void> {
    if ((await this.#look()) === null) {
      try {
        await this.#parts.comeBack();
        this.#failures = 0;
        this.#timer = null;
        return;
      } catch (error) {
        this.#parts.onError(error);
      }
    }
    this.#lookLater();
  }
}

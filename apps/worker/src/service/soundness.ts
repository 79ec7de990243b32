/** Whether this worker can still hold agents in: after failures in a row, or one of its disk, it looks, and leaves service if it cannot. */

/** Failures of the platform in a row, whatever the evaluation, after which is looked whether agents can be run. */
const IN_A_ROW = 3;
const LOOK_AGAIN_MS = 60_000;
/** A disk is soon full or empty again, and looking at it costs a small file. */
const LOOK_AT_DISK_MS = 5_000;
/** Good looks in a row before a worker whose disk was full comes back: what frees some bytes is often followed by what fills them. */
const GOOD_LOOKS = 2;

export interface SoundnessParts {
  /** Rejects with the reason if agents cannot be run. */
  probe: () => Promise<void>;
  /** Rejects with the reason if the worker's folders cannot be written. */
  write: () => Promise<void>;
  leave(reason: string): Promise<void>;
  comeBack(): Promise<void>;
  /** {@link leave} or {@link comeBack} failed; it is tried again at the next look. */
  onError(error: unknown): void;
  /** Default: a minute, and 5 s for the disk. */
  lookAgainMs?: number;
}

/** Out of service: why, how often is looked, and how many good looks it takes to come back. */
interface Absence {
  reason: string;
  told: boolean;
  everyMs: number;
  looks: number;
  look: () => Promise<void>;
  /** So many were good in a row. */
  good: number;
}

export class Soundness {
  readonly #parts: SoundnessParts;
  #failures = 0;
  #looking = false;
  #absence: Absence | null = null;
  #timer: NodeJS.Timeout | undefined;
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
    if (this.#failures < IN_A_ROW) return;
    await this.#leaveIf(this.#parts.probe, (found) => ({
      reason: `${this.#failures} failures in a row, the last: ${reason}; and now: ${found}`,
      everyMs: LOOK_AGAIN_MS,
      looks: 1,
    }));
  }

  /** The disk failed under a shard. It is looked at now: a large agent may have found no room where others still do. */
  async broke(): Promise<void> {
    await this.#leaveIf(this.#parts.write, (found) => ({
      reason: `${found}. Make room there: the worker looks every ${LOOK_AT_DISK_MS / 1000} s and goes on by itself`,
      everyMs: LOOK_AT_DISK_MS,
      looks: GOOD_LOOKS,
    }));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #leaveIf(
    look: () => Promise<void>,
    absence: (found: string) => Omit<Absence, 'look' | 'told' | 'good'>,
  ): Promise<void> {
    if (this.#looking || this.#absence || this.#stopped) return;
    this.#looking = true;
    const found = await reasonOf(look());
    this.#looking = false;
    if (found === null) {
      this.#failures = 0;
      return;
    }
    this.#absence = { ...absence(found), look, told: false, good: 0 };
    await this.#leave(this.#absence);
    this.#lookLater(this.#absence);
  }

  async #leave(absence: Absence): Promise<void> {
    absence.told = await this.#parts.leave(absence.reason).then(
      () => true,
      (error: unknown) => {
        this.#parts.onError(error);
        return false;
      },
    );
  }

  #lookLater(absence: Absence): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#tryToComeBack(absence);
    }, this.#parts.lookAgainMs ?? absence.everyMs);
  }

  async #tryToComeBack(absence: Absence): Promise<void> {
    // Whatever it left for, it comes back only if it can run agents.
    const { probe } = this.#parts;
    const found =
      (await reasonOf(absence.look())) ?? (absence.look === probe ? null : await reasonOf(probe()));
    absence.good = found === null ? absence.good + 1 : 0;
    if (absence.good >= absence.looks) {
      try {
        await this.#parts.comeBack();
        this.#failures = 0;
        this.#absence = null;
        return;
      } catch (error) {
        this.#parts.onError(error);
      }
    } else if (!absence.told) await this.#leave(absence);
    this.#lookLater(absence);
  }
}

async function reasonOf(look: Promise<void>): Promise<string | null> {
  try {
    await look;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

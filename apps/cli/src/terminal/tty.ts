import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { CommandError } from '../usage.ts';
import { type Key, readKeys } from './keys.ts';

export type TtyEvent =
  | { readonly type: 'keys'; readonly keys: readonly Key[] }
  | { readonly type: 'resize' }
  /** Told to stop by a signal, or the terminal is gone; `code`: what to exit with. */
  | { readonly type: 'stop'; readonly code: number };

/** Another screen than the shell's, so that what was there comes back; no wrapping at the right edge. */
const ENTER = '\x1b[?1049h\x1b[?7l\x1b[0m\x1b[2J';
const LEAVE = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
const GONE = 129;

/**
 * The terminal in raw mode. Whatever happens, `close` gives it back as it was: it is called at the process' exit too,
 * for whatever reason that comes.
 */
export class Tty {
  readonly #events: TtyEvent[] = [];
  #wake: (() => void) | null = null;
  #open = true;
  readonly #undo: (() => void)[] = [];

  /** Throws CommandError if there is no terminal on both ends. */
  constructor(what: string) {
    const { stdin, stdout } = process;
    if (!stdin.isTTY || !stdout.isTTY)
      throw new CommandError(`${what} needs a terminal, for what is typed and for what is shown`);
    const atExit = (): void => {
      this.close();
    };
    process.once('exit', atExit);
    this.#undo.push(() => process.off('exit', atExit));
    stdin.setRawMode(true);
    this.#listen();
    stdin.resume();
    this.write(ENTER);
  }

  get size(): { readonly rows: number; readonly columns: number } {
    const { rows, columns } = process.stdout;
    // a terminal that does not know its size says 0
    return { rows: rows || 24, columns: columns || 80 };
  }

  write(text: string): void {
    if (this.#open) process.stdout.write(text);
  }

  /** The next event; null if none comes within some milliseconds. */
  async next(milliseconds = Infinity): Promise<TtyEvent | null> {
    if (this.#events.length === 0) {
      await new Promise<void>((go) => {
        const timer = Number.isFinite(milliseconds) ? setTimeout(go, milliseconds) : null;
        this.#wake = () => {
          if (timer !== null) clearTimeout(timer);
          go();
        };
      });
      this.#wake = null;
    }
    return this.#events.shift() ?? null;
  }

  /** Gives the terminal back. Calling it again does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const undo of this.#undo) undo();
    try {
      // at once: nothing that is queued would be written any more when the process exits
      writeSync(process.stdout.fd, LEAVE);
      process.stdin.setRawMode(false);
    } catch (error) {
      // a terminal that hung up needs nothing
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EIO' && code !== 'EBADF' && code !== 'ENOTTY') throw error;
    }
    process.stdin.pause();
  }

  #push(event: TtyEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  #listen(): void {
    const { stdin, stdout } = process;
    const onData = (chunk: Uint8Array): void => {
      this.#push({ type: 'keys', keys: readKeys(chunk) });
    };
    const onResize = (): void => {
      this.#push({ type: 'resize' });
    };
    const onGone = (): void => {
      this.#push({ type: 'stop', code: GONE });
    };
    stdin.on('data', onData).on('end', onGone).on('error', onGone);
    stdout.on('resize', onResize).on('error', onGone);
    this.#undo.push(() => {
      // the listeners of errors stay: a terminal that is gone may tell so late
      stdin.off('data', onData).off('end', onGone);
      stdout.off('resize', onResize);
    });
    for (const signal of SIGNALS) {
      const onSignal = (): void => {
        this.#push({ type: 'stop', code: 128 + constants.signals[signal] });
      };
      process.on(signal, onSignal);
      this.#undo.push(() => process.off(signal, onSignal));
    }
  }
}

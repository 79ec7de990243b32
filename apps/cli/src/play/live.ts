import { decodeFrame, formatWhole, type BoardRow, type Frame } from '@arena/contracts';
import type { Shard, ShardEvents } from '@arena/evaluation';
import { bar } from '@arena/report';
import { Painter, TERMINAL } from '@arena/tape';
import { EXIT } from '../program.ts';
import { Tty } from '../terminal/tty.ts';
import { fit } from '../terminal/view.ts';

const CTRL_C = 3;
const STATUS_LINES = 2;
const KEYS = 'n: next game   q: stop';

/** One game's picture in the terminal, under it how far all games are. */
export class LivePicture {
  readonly #tty = new Tty('a live picture');
  readonly #painter = new Painter();
  readonly #row: () => BoardRow;
  /** Those in play, by id, with their characters. */
  readonly #playing = new Map<string, string | null>();
  #shard: Shard | null = null;
  #watched: string | null = null;
  #frame: Frame | null = null;
  /** The exit code that whoever watches asked for. */
  stopped: number | null = null;

  /** `row`: the board's row as it is now. Throws CommandError without a terminal. */
  constructor(row: () => BoardRow) {
    this.#row = row;
    void this.#listen();
    this.#draw();
  }

  readonly events: ShardEvents = {
    started: ({ id, character }) => {
      this.#playing.set(id, character);
      if (this.#watched === null) this.#watch(id);
    },
    finished: ({ id }) => {
      this.#playing.delete(id);
      if (this.#watched === id) this.#next();
      this.#draw();
    },
    frame: (id, bytes) => {
      if (id !== this.#watched) return;
      this.#frame = decodeFrame(bytes);
      this.#draw();
    },
  };

  follow(shard: Shard): void {
    this.#shard = shard;
  }

  close(): void {
    this.#tty.close();
  }

  #watch(id: string | null): void {
    if (this.#watched !== null) this.#shard?.unwatch(this.#watched);
    this.#watched = id;
    if (id !== null) this.#shard?.watch(id);
  }

  #next(): void {
    const ids = [...this.#playing.keys()];
    const at = this.#watched === null ? -1 : ids.indexOf(this.#watched);
    this.#watch(ids[(at + 1) % Math.max(1, ids.length)] ?? null);
  }

  async #listen(): Promise<void> {
    for (;;) {
      const event = await this.#tty.next();
      if (event === null) continue;
      if (event.type === 'stop') {
        this.#stop(event.code);
        return;
      }
      if (event.type === 'resize') {
        this.#painter.forget();
        this.#draw();
        continue;
      }
      for (const key of event.keys) {
        if (key.kind !== 'byte') continue;
        if (key.byte === CTRL_C || key.byte === 0x71) {
          this.#stop(EXIT.stopped);
          return;
        }
        if (key.byte === 0x6e) this.#next();
      }
    }
  }

  #stop(code: number): void {
    this.stopped = code;
    this.#shard?.abort();
  }

  #draw(): void {
    const { rows, columns } = this.#tty.size;
    const frame = this.#frame;
    const screen =
      frame === null
        ? { ...TERMINAL, chars: [], colors: [], cursorRow: 0, cursorColumn: 0 }
        : { ...TERMINAL, ...frame };
    const view = fit(screen, rows - STATUS_LINES, columns);
    const lines = [this.#gameLine(), bar(this.#row())].map((line, i) => {
      const row = Math.min(rows - STATUS_LINES + 1 + i, view.rows + 1 + i);
      return `\x1b[${row};1H\x1b[0m\x1b[K${line.slice(0, columns)}`;
    });
    // the picture first: a painter's first one clears the screen
    const cursor = `\x1b[${view.cursorRow + 1};${view.cursorColumn + 1}H`;
    this.#tty.write(`\x1b[?25l${this.#painter.paint(view)}${lines.join('')}${cursor}\x1b[?25h`);
  }

  #gameLine(): string {
    if (this.#watched === null) return ` ${KEYS}`;
    const character = this.#playing.get(this.#watched) ?? '';
    const frame = this.#frame;
    const figures =
      frame === null
        ? ''
        : `  score ${formatWhole(frame.score)}  turn ${formatWhole(frame.turns)}  step ${formatWhole(frame.step)}`;
    return ` game ${Number(this.#watched) + 1} ${character}${figures}   ${KEYS}`;
  }
}

import { encodeFrame } from '@arena/contracts';
import { inPlay, type Engine } from '@arena/engine';
import { TapePlayer, type Tape } from '@arena/tape';

const SPACE = 32;

/**
 * Shows a tape by the steps of its agent: step 0 is where the agent's first key is asked for. The keys before, the
 * spaces that bring a new game into play, are the platform's.
 */
export class Playback {
  readonly #player: TapePlayer;
  readonly #opening: number;

  constructor(engine: Engine, tape: Tape) {
    this.#player = new TapePlayer(engine, tape);
    const player = this.#player;
    while (!inPlay(player.observation) && !player.over && tape.keys[player.position] === SPACE)
      player.seek(player.position + 1);
    this.#opening = player.position;
  }

  /** Steps the tape has. */
  get total(): number {
    return this.#player.length - this.#opening;
  }

  /** The step the game is at. */
  get step(): number {
    return this.#player.position - this.#opening;
  }

  /** The key that led to this step; null for the first. */
  get key(): number | null {
    return this.step === 0 ? null : this.#player.key;
  }

  /** Goes towards a step until it is reached or `mayGoOn` says no (asked every 64 steps); true once it is reached. */
  goTo(step: number, mayGoOn: () => boolean): boolean {
    const target = Math.min(this.total, Math.max(0, step));
    return this.#player.seek(this.#opening + target, mayGoOn);
  }

  /** The present step's picture, encoded as on the socket. */
  frame(): Uint8Array<ArrayBuffer> {
    const { observation, figures } = this.#player;
    const [cursorRow = 0, cursorColumn = 0] = observation.tty_cursor;
    const { score, turns, depth } = figures;
    return encodeFrame({
      step: this.step,
      score,
      turns,
      depth,
      cursorRow,
      cursorColumn,
      chars: observation.tty_chars,
      colors: observation.tty_colors,
    });
  }

  dispose(): void {
    this.#player.dispose();
  }
}

import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { FRAME_INTERVAL_MS, encodeFrame } from '@arena/contracts';
import type { ChallengeGame } from './challenge-game.ts';
import type { Control } from './control.ts';
import type { WatchMessage } from './messages.ts';

/** Pictures of watched games, from within a loop that does not listen: the mail count tells when to look. */
export class Watching {
  readonly #control: Control;
  readonly #port: MessagePort;
  readonly #send: (id: string, frame: Uint8Array) => void;
  /** Watched games and when their last picture was sent. */
  readonly #watched = new Map<string, number>();
  #mailRead = 0;

  constructor(control: Control, port: MessagePort, send: (id: string, frame: Uint8Array) => void) {
    this.#control = control;
    this.#port = port;
    this.#send = send;
  }

  /** Reads who is watched now. One atomic load when nothing changed. */
  update(): void {
    const { mail } = this.#control;
    if (mail === this.#mailRead) return;
    this.#mailRead = mail;
    for (let found = receiveMessageOnPort(this.#port); found; found = receiveMessageOnPort(this.#port)) {
      const { id, on } = found.message as WatchMessage;
      if (on) this.#watched.set(id, this.#watched.get(id) ?? -Infinity);
      else this.#watched.delete(id);
    }
  }

  /** Sends a picture if the game is watched and the last one is old enough. */
  show(id: string, game: ChallengeGame, time: number): void {
    if (this.#watched.size === 0) return;
    const last = this.#watched.get(id);
    if (last === undefined || time - last < FRAME_INTERVAL_MS) return;
    this.#watched.set(id, time);
    const { tty_chars, tty_colors, tty_cursor } = game.observation;
    const { steps: step, score, turns, depth } = game;
    this.#send(
      id,
      encodeFrame({
        step,
        score,
        turns,
        depth,
        cursorRow: tty_cursor[0] ?? 0,
        cursorColumn: tty_cursor[1] ?? 0,
        chars: tty_chars,
        colors: tty_colors,
      }),
    );
  }
}

import { decodeFrame, type ReplayView } from '@arena/contracts';
import type { Picture, PlayerAdapter } from '../adapter.ts';
import type { PlaybackAnswer, PlaybackRequest } from './messages.ts';
import { keysOf } from './tape.ts';

/** Gives the player a stored game by playing its tape again in a thread of its own. Throws for a damaged tape. */
export class PlaybackAdapter implements PlayerAdapter {
  readonly total: number;
  readonly #thread: Worker;
  readonly #pictures = new Set<(picture: Picture) => void>();
  readonly #failures = new Set<(message: string) => void>();

  constructor(replay: ReplayView) {
    this.total = keysOf(replay).length;
    this.#thread = new Worker(new URL('./playback.thread.ts', import.meta.url), { type: 'module' });
    this.#thread.onmessage = (event: MessageEvent<PlaybackAnswer>) => {
      const answer = event.data;
      if (answer.type === 'failed') {
        for (const listener of this.#failures) listener(answer.message);
        return;
      }
      const picture = {
        frame: decodeFrame(new Uint8Array(answer.frame)),
        key: answer.key,
        arrived: answer.arrived,
      };
      for (const listener of this.#pictures) listener(picture);
    };
    this.#thread.onerror = (event) => {
      for (const listener of this.#failures)
        listener(event.message || 'The engine’s thread could not start. Reload the page.');
    };
    this.#send({ type: 'load', replay });
  }

  goTo(step: number): void {
    this.#send({ type: 'goTo', step });
  }

  onPicture(listener: (picture: Picture) => void): () => void {
    this.#pictures.add(listener);
    return () => this.#pictures.delete(listener);
  }

  onFailure(listener: (message: string) => void): () => void {
    this.#failures.add(listener);
    return () => this.#failures.delete(listener);
  }

  dispose(): void {
    this.#thread.terminate();
  }

  #send(request: PlaybackRequest): void {
    this.#thread.postMessage(request);
  }
}

import { decodeFrame } from '@arena/contracts';
import type { Tape } from '@arena/tape';
import type { Picture, PlayerAdapter } from '../adapter.ts';
import type { PlaybackAnswer, PlaybackRequest } from './messages.ts';

const NO_THREAD =
  'The engine’s thread could not start. Reload the page; if that does not help, try another browser.';

/** Gives the player a stored game by playing its tape again in a thread of its own. */
class PlaybackAdapter implements PlayerAdapter {
  readonly total: number;
  readonly #thread: Worker;
  readonly #pictures = new Set<(picture: Picture) => void>();
  readonly #failures = new Set<(message: string) => void>();

  constructor(thread: Worker, total: number) {
    this.#thread = thread;
    this.total = total;
    thread.onmessage = (event: MessageEvent<PlaybackAnswer>) => {
      const answer = event.data;
      if (answer.type === 'failed') this.#fail(answer.message);
      if (answer.type !== 'picture') return;
      const { key, arrived } = answer;
      const frame = decodeFrame(new Uint8Array(answer.frame));
      for (const listener of this.#pictures) listener({ frame, key, arrived });
    };
    thread.onerror = (event) => {
      this.#fail(event.message || NO_THREAD);
    };
  }

  goTo(step: number): void {
    this.#thread.postMessage({ type: 'goTo', step } satisfies PlaybackRequest);
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

  #fail(message: string): void {
    for (const listener of this.#failures) listener(message);
  }
}

/**
 * Starts the thread, loads the engine and the tape. Resolves with the adapter; rejects with words for the visitor.
 * Aborting ends the thread, also later.
 */
export function openPlayback(tape: Tape, signal: AbortSignal): Promise<PlayerAdapter> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./playback.thread.ts', import.meta.url), { type: 'module' });
    signal.addEventListener('abort', () => {
      thread.terminate();
    });
    thread.onmessage = (event: MessageEvent<PlaybackAnswer>) => {
      const answer = event.data;
      if (answer.type === 'ready') resolve(new PlaybackAdapter(thread, answer.total));
      if (answer.type === 'failed') reject(new Error(answer.message));
    };
    thread.onerror = (event) => {
      reject(new Error(event.message || NO_THREAD));
    };
    thread.postMessage({ type: 'load', tape } satisfies PlaybackRequest);
  });
}

/** What the player needs from whoever has the game: it knows no engine, no network and no format of tapes. */
import type { Frame } from '@arena/contracts';

/** A moment of a game. */
export interface Picture {
  /** The terminal after {@link Frame.step} keys. */
  frame: Frame;
  /** The key that led here; null at the start. */
  key: number | null;
  /** False while the game is still on the way to the step asked for. */
  arrived: boolean;
}

export interface PlayerAdapter {
  /** Steps the game has; step 0 is before the first key. */
  readonly total: number;
  /** Asks for a step 0 … total. The newest request wins; pictures on the way there come as they are made. */
  goTo(step: number): void;
  /** Calls back with each picture; returns what ends it. */
  onPicture(listener: (picture: Picture) => void): () => void;
  /** Calls back if the game cannot be shown (any more), with words for the visitor. */
  onFailure(listener: (message: string) => void): () => void;
  dispose(): void;
}

import type { ReplayView } from '@arena/contracts';
import type { GameSettings } from '@arena/engine';

/** The keys of a replay, one byte a step. Throws for text that is no base64. */
export function keysOf(replay: ReplayView): Uint8Array {
  let text: string;
  try {
    text = atob(replay.tape);
  } catch (cause) {
    throw new Error(
      'The tape of this game is damaged (it is no base64). That is a fault of the platform; tell its organisers.',
      { cause },
    );
  }
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Everything that enters the game, as it was when it was first played. */
export function settingsOf(replay: ReplayView): Omit<GameSettings, 'fields'> {
  return {
    seeds: { core: BigInt(replay.seeds.core), disp: BigInt(replay.seeds.disp), reseed: replay.seeds.reseed },
    character: replay.character,
    ...(replay.options === '' ? {} : { options: replay.options }),
    clock: replay.clock,
  };
}

import type { Game } from './game.ts';
import type { GameSettings } from './settings.ts';

/** V8 optimises a function once it was busy for a while; after so many keys a game runs as fast as it ever will. */
const KEYS = 60_000;
/** Moves, searching, fighting, items, answers: what most keys of most games do. */
const WANDER = Array.from('hjklyubnHJKLs.,>i:\r \x1b', (letter) => letter.charCodeAt(0));

/** Plays games that nobody looks at: Engine.warmUp says why. */
export function playUnseen(newGame: (settings: GameSettings) => Game): void {
  let state = 1;
  const next = (): number => {
    state = (state * 75 + 74) % 65_537;
    return WANDER[state % WANDER.length] ?? 46;
  };
  for (let keys = 0, game = 0n; keys < KEYS; game += 1n) {
    const playing = newGame({ seeds: { core: game, disp: game } });
    const { steps } = playing.run((_, step) => (keys + step < KEYS ? next() : null));
    playing.dispose();
    keys += Math.max(1, steps);
  }
}

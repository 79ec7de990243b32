import type { GameView, ReplayView } from '@arena/contracts';
import { DEFAULT_CLOCK, ScoreKeeper, type Engine } from '@arena/engine';
import { openGame } from './opening.ts';

/** Moves, searching and answers; enough to get a hero killed within some thousand steps. */
const KEYS = Array.from('hjklyubnHJKLs.>\r', (letter) => letter.charCodeAt(0));

/** Keys as a stored tape: base64. */
export function tapeOf(keys: Iterable<number>): string {
  let text = '';
  for (const key of keys) text += String.fromCharCode(key);
  return btoa(text);
}

/** A game of a simple player, recorded step by step, and what a server would have stored about it. */
export function recordGame(
  engine: Engine,
  core: bigint,
  mostSteps: number,
): { replay: ReplayView; game: GameView } {
  const game = engine.newGame({ seeds: { core, disp: 1n } });
  const spaces = new Uint8Array(100).fill(32);
  const keys = [...spaces.subarray(0, openGame(game, spaces))];
  const figures = new ScoreKeeper();
  figures.take(game.observation);
  let state = Number(core % 65_521n) + 1;
  let steps = 0;
  while (!game.ended && steps < mostSteps) {
    state = (state * 75 + 74) % 65_537;
    const key = KEYS[state % KEYS.length] ?? 46;
    keys.push(key);
    steps += 1;
    if (game.step(key)) figures.take(game.observation);
  }
  const replay: ReplayView = {
    gameId: `game ${core}`,
    engineId: engine.id,
    seeds: { core: String(core), disp: '1', reseed: false },
    character: '@',
    options: '',
    clock: DEFAULT_CLOCK,
    tape: tapeOf(keys),
  };
  const stored = {
    id: replay.gameId,
    score: figures.score,
    turns: figures.turns,
    steps,
    deepestLevel: figures.deepestLevel,
    death: game.end?.xlogfile?.['death'] ?? null,
  } as GameView;
  game.dispose();
  return { replay, game: stored };
}

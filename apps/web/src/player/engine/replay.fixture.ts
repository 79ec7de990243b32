import type { GameView } from '@arena/contracts';
import { ScoreKeeper, inPlay, type Engine } from '@arena/engine';
import { TapeRecorder, xlogfileFields, type Tape } from '@arena/tape';

const SPACE = 32;
/** Moves, searching and answers; enough to get a hero killed within some thousand steps. */
const KEYS = Array.from('hjklyubnHJKLs.>\r', (letter) => letter.charCodeAt(0));

/** A game of a simple player, recorded step by step, and what a server would have stored about it. */
export function recordGame(
  engine: Engine,
  core: bigint,
  mostSteps: number,
): { tape: Tape; game: GameView; opening: number } {
  const settings = { seeds: { core, disp: 1n } };
  const recorder = new TapeRecorder(engine.id, settings);
  const game = engine.newGame({ ...settings, fields: [...recorder.fields, 'program_state'] });
  const figures = new ScoreKeeper();
  figures.take(game.observation);
  const give = (key: number): void => {
    if (game.step(key)) figures.take(game.observation);
    recorder.note(game);
  };
  while (!inPlay(game.observation)) give(SPACE);
  const opening = game.steps;
  let state = Number(core % 65_521n) + 1;
  while (!game.ended && game.steps - opening < mostSteps) {
    state = (state * 75 + 74) % 65_537;
    give(KEYS[state % KEYS.length] ?? 46);
  }
  const tape = recorder.finish(game, figures);
  const record = tape.end.kind === 'ended' ? tape.end.xlogfile : null;
  const stored = {
    id: `game ${core}`,
    score: figures.score,
    turns: figures.turns,
    steps: game.steps - opening,
    deepestLevel: figures.deepestLevel,
    death: record === null ? null : (xlogfileFields(record)['death'] ?? null),
  } as GameView;
  game.dispose();
  return { tape, game: stored, opening };
}

/** One sequence of a stream: tapes, one after the other, played again by the engine. */
import { ACTIONS, type Engine, type FieldName, type Game, inPlay } from '@arena/engine';
import { type Tape, startOf } from '@arena/tape';
import { isMistake } from '../rehearsal/noise.ts';
import { agentGameSeed } from '../seeds.ts';

/** What a record holds of an observation, in this order, as its bytes lie in the engine's memory. */
export const RECORDED = [
  'glyphs',
  'blstats',
  'message',
  'misc',
  'inv_oclasses',
  'tty_cursor',
] as const satisfies readonly FieldName[];

/** Several actions share a key (three of the 121): a tape holds keys, so the first of them stands for all. */
const ACTION_OF_KEY = new Map([...ACTIONS].reverse().map(({ index, key }) => [key, index]));

/** What stands for "no action before": the model is told the same by the runtime onnx. */
export const NO_ACTION = ACTIONS.length;

/** A moment at which the taped agent was asked, and what it answered. */
export interface Moment {
  /** Live views: to be copied before the next one is asked for. */
  readonly observation: Game['observation'];
  /** The answer, as an action's index. */
  readonly action: number;
  /** The answer before; NO_ACTION at a game's first. */
  readonly previous: number;
  readonly newGame: boolean;
  /** False where the key is a mistake that was put in the agent's place: nothing to learn. */
  readonly taught: boolean;
}

/**
 * The moments of one tape: those keys left out that were given before the game was in play, as its agent did not give them.
 * Throws Error where the tape was recorded by another engine or holds a key that is no action, since no policy could learn it.
 */
export function* momentsOf(engine: Engine, tape: Tape, name: string, noise = 0): Generator<Moment> {
  if (tape.engineId !== engine.id)
    throw new Error(
      `${name} was recorded by the engine ${tape.engineId}, this is ${engine.id}: make the tapes again`,
    );
  const game = engine.newGame({ ...startOf(tape.settings), fields: [...RECORDED, 'program_state'] });
  try {
    let at = 0;
    const give = (): boolean => game.step(tape.keys[at++] ?? 0);
    while (at < tape.keys.length && !inPlay(game.observation)) if (!give()) return;
    const seed = agentGameSeed(tape.settings.seeds);
    const opening = at;
    let previous = NO_ACTION;
    for (let first = true; at < tape.keys.length; first = false) {
      const action = ACTION_OF_KEY.get(tape.keys[at] ?? 0);
      if (action === undefined) throw new Error(`${name}: key ${at}, ${tape.keys[at]}, is no action's`);
      yield {
        observation: game.observation,
        action,
        previous,
        newGame: first,
        taught: !isMistake(seed, at - opening, noise),
      };
      previous = action;
      if (!give()) return;
    }
  } finally {
    game.dispose();
  }
}

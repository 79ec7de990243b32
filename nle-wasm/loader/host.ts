import type { EngineExports } from './exports.ts';
import type { EngineModules } from './modules.ts';
import type { SetUp } from './settings.ts';
import { GameMemory } from './memory.ts';

/** Leaves a running game from inside its own call; never seen outside this file. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The answer to a key request: a key (0-255), or null to leave the game where it is. */
export type Answer = (memory: GameMemory) => number | null;

/**
 * The host-answered way: the whole game is one call, and each key request asks `answer` inside it. Nothing is
 * suspended, which makes it the fastest way; the key must be known or computed synchronously.
 * Returns the game's memory: ended, or stopped where `answer` said null. What `answer` throws comes out unchanged.
 * Throws LoaderError `engine_fault` or `unknown_option`.
 */
export function playHosted(modules: EngineModules, settings: SetUp, answer: Answer): GameMemory {
  let failure: { readonly cause: unknown } | undefined;
  const game: { memory?: GameMemory } = {};
  let checked = false;
  const key = (): number => {
    const { memory } = game;
    if (memory === undefined) throw new Stopped();
    let given: number | null;
    try {
      if (!checked) memory.checkOptions();
      checked = true;
      given = answer(memory);
    } catch (cause) {
      failure = { cause };
      throw new Stopped();
    }
    if (given === null) throw new Stopped();
    return given;
  };
  const engine = new WebAssembly.Instance(modules.host, { arena: { key } })
    .exports as unknown as EngineExports;
  const memory = new GameMemory(engine);
  game.memory = memory;
  memory.setUp(settings);
  try {
    engine.arena_run();
  } catch (cause) {
    if (failure !== undefined) throw failure.cause;
    if (!(cause instanceof Stopped) && !memory.hasEnded) throw memory.fault(cause);
  }
  return memory;
}

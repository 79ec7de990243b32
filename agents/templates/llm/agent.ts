import type { Agent, AgentContext, Observation } from '@arena/agent';
import { Vocabulary } from './actions.ts';
import { Budget } from './budget.ts';
import { fallbackAction } from './fallback.ts';
import { Model, NoAnswer } from './model.ts';
import { Notes } from './notes.ts';
import { isQuestion, promptOf, readAnswer } from './prompt.ts';
import { readSettings, type Settings } from './settings.ts';

const RETURN = 13;
const ESCAPE = 27;
/** Actions that the model is reminded of. */
const REMEMBERED = 10;
/** Questions in a row without an answer before the model is left alone, and steps for which it then is. */
const PATIENCE = 3;
const FIRST_PAUSE = 8;
const LONGEST_PAUSE = 256;

/** Asks a language model what to do, and does without where it does not answer. */
export function createAgent({ actions, gamesAtOnce }: AgentContext): Agent {
  const settings = readSettings(process.env);
  const words = new Vocabulary(actions);
  const games = Array.from({ length: gamesAtOnce }, () => new Player(words, settings, 0));
  const player = (slot: number): Player => games[slot] ?? new Player(words, settings, 0);
  return {
    reset(slot, { seed }) {
      games[slot] = new Player(words, settings, seed);
    },
    act: (observation) => player(observation.slot).act(observation),
    gameOver({ slot, steps }) {
      player(slot).tell(steps);
    },
  };
}

/** One game. */
class Player {
  readonly #words: Vocabulary;
  readonly #seed: number;
  readonly #model: Model | null;
  readonly #budget: Budget;
  readonly #notes = new Notes();
  readonly #done: string[] = [];
  /** What is left of the model's last answer. */
  #plan: string[] = [];
  #hitPoints = 0;
  #unanswered = 0;
  #silentUntil = 0;
  readonly #counts = { failed: 0, unreadable: 0, fallback: 0 };

  constructor(words: Vocabulary, settings: Settings | null, seed: number) {
    this.#words = words;
    this.#seed = seed;
    this.#model = settings === null ? null : new Model(settings);
    this.#budget = new Budget(settings ?? { mostCalls: 0, mostTokens: 0, mostSeconds: 0 });
  }

  /** At once where the model is not asked. */
  act(observation: Observation): number | Promise<number> {
    const { text_message: message, text_status: status, misc } = observation;
    if (misc[2]) return RETURN;
    const hitPoints = Number(/^HP (-?\d+)/.exec(status)?.[1] ?? 0);
    // A plan goes on while nothing happens; what it foresaw of a question is part of it.
    if (hitPoints < this.#hitPoints || (message !== '' && !isQuestion(message))) this.#plan = [];
    this.#hitPoints = hitPoints;
    const planned = this.#planned(message);
    if (planned !== null) return planned;
    if (this.#model === null || this.#budget.isUsedUp || observation.step < this.#silentUntil)
      return this.#fallback(observation);
    return this.#ask(this.#model, observation);
  }

  /** What the game has cost, on standard error. */
  tell(steps: number): void {
    if (this.#model === null) return;
    const { calls, tokens, milliseconds } = this.#budget;
    const { failed, unreadable, fallback } = this.#counts;
    console.error(
      `model: ${calls} calls, ${tokens} tokens, ${(milliseconds / 1000).toFixed(1)} s, ${failed} failed, ` +
        `${unreadable} unreadable; ${fallback} of ${steps} steps by the fallback`,
    );
  }

  /** The next action of the plan, if it stands for one where the game is now. */
  #planned(message: string): number | null {
    const word = this.#plan.shift();
    if (word === undefined) return null;
    const key = this.#words.key(word, isQuestion(message));
    if (key === undefined) {
      this.#plan = [];
      return null;
    }
    this.#remember(word);
    return key;
  }

  async #ask(model: Model, observation: Observation): Promise<number> {
    // Fields are views that the next question changes; these are strings, and stay.
    const { text_message: message } = observation;
    try {
      const prompt = promptOf(observation, { notes: this.#notes.lines, done: this.#done }, this.#words);
      const text = await model.ask(prompt, this.#seed, this.#budget);
      const answer = readAnswer(text);
      this.#plan = [...(answer?.actions ?? [])];
      const key = this.#planned(message);
      if (answer !== null && key !== null) {
        if (answer.note !== null) this.#notes.add(answer.note);
        this.#unanswered = 0;
        return key;
      }
      this.#counts.unreadable += 1;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#counts.failed += 1;
      // Each kind of failure is told when it begins.
      if (this.#unanswered === 0) console.error(`model: ${error.message}`);
    }
    this.#pause(observation.step);
    return this.#fallback(observation);
  }

  /** A server that is down is not asked at every step. */
  #pause(step: number): void {
    this.#unanswered += 1;
    if (this.#unanswered < PATIENCE) return;
    this.#silentUntil = step + 1 + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#unanswered - PATIENCE));
  }

  #fallback(observation: Observation): number {
    this.#counts.fallback += 1;
    const { text_message: message, misc } = observation;
    if (isQuestion(message) || misc[0] || misc[1]) return ESCAPE;
    const word = fallbackAction(observation, this.#seed);
    this.#remember(word);
    return this.#words.key(word, false) ?? ESCAPE;
  }

  #remember(word: string): void {
    this.#done.push(word);
    if (this.#done.length > REMEMBERED) this.#done.shift();
  }
}

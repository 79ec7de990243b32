import { pathToFileURL } from 'node:url';
import {
  keysByName,
  type Agent,
  type AgentContext,
  type BatchAgent,
  type CreateAgent,
  type GameOver,
  type Observation,
} from '@arena/agent';
import type { Limits } from '@arena/contracts';
import { ACTIONS, FIELDS } from '@arena/engine';
import { TEXT_FIELDS } from '@arena/observation-text';
import { layOut, type FieldName, type RecordLayout } from '@arena/protocol';
import type { ChallengeGame } from '../challenge-game.ts';

/** The agent sits alone in its thread: each game is an episode of slot 0. */
const SLOT = 0;

const utf8 = new TextDecoder();

/** The view of a game that an agent gets; the same object for all of a game's steps. */
export class Sight {
  readonly #game: ChallengeGame;
  readonly #observation: Record<string, unknown>;
  /** The fields in words that the agent reads. */
  readonly #texts: RecordLayout;
  #source: ChallengeGame['observation'] | null = null;

  constructor(game: ChallengeGame, episode: number, fields: readonly FieldName[]) {
    this.#game = game;
    this.#texts = layOut(TEXT_FIELDS.filter(({ name }) => fields.includes(name)));
    this.#observation = { slot: SLOT, episode };
  }

  /** What is to be seen now. */
  get now(): Observation {
    const { observation, steps, score } = this.#game;
    if (this.#source !== observation) {
      this.#source = observation;
      Object.assign(this.#observation, observation);
    }
    Object.assign(this.#observation, { step: steps, score, newGame: steps === 0 }, this.#words());
    return this.#observation as unknown as Observation;
  }

  /** Fields in words as strings, as the SDK for node has them. */
  #words(): Record<string, string> {
    const { fields } = this.#texts;
    if (fields.length === 0) return {};
    const bytes = this.#game.fieldsOf(this.#texts);
    return Object.fromEntries(fields.map(({ name }, i) => [name, wordsOf(bytes[i] ?? new Uint8Array())]));
  }
}

/** An agent in this very thread: trusted, without sandbox, pipe or clock. */
export class HostedAgent {
  readonly #agent: Agent | BatchAgent;

  private constructor(agent: Agent | BatchAgent) {
    this.#agent = agent;
  }

  /** Loads `createAgent` from a node agent's entry. Throws Error when the entry has none. */
  static async load(entry: string, fields: readonly FieldName[], limits: Limits): Promise<HostedAgent> {
    const module = (await import(pathToFileURL(entry).href)) as { createAgent?: CreateAgent };
    if (module.createAgent === undefined) throw new Error(`${entry} exports no createAgent`);
    const context = {
      actions: ACTIONS,
      key: keysByName(ACTIONS),
      seed: 0,
      fields: [...FIELDS, ...TEXT_FIELDS].filter(({ name }) => fields.includes(name)),
      limits,
      gamesAtOnce: 1,
    } as unknown as AgentContext;
    return new HostedAgent(await module.createAgent(context));
  }

  /** A game begins. */
  async begin(episode: number, seed: number): Promise<void> {
    await this.#agent.reset?.(SLOT, { slot: SLOT, episode, seed });
  }

  /** The key for what is seen; a promise only where the agent gives one, so that others need no turn of the event loop. */
  key(observation: Observation): number | Promise<number> {
    const agent = this.#agent;
    if (!('actBatch' in agent)) return agent.act(observation);
    const keys = agent.actBatch([observation]);
    return keys instanceof Promise ? keys.then((settled) => settled[0] ?? -1) : (keys[0] ?? -1);
  }

  /** Its game is over, and shows this last. */
  async end(last: Observation, over: Omit<GameOver, 'slot'>): Promise<void> {
    await this.#agent.seeLast?.(last);
    await this.#agent.gameOver?.({ slot: SLOT, ...over });
  }
}

/** Zero padded UTF-8. */
function wordsOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

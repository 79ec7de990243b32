import type { OnnxMap } from '@arena/protocol';
import { basename } from 'node:path';
import type { AgentContext, BatchAgent, GameInfo, Observation } from '../index.ts';
import { NotAnAction } from '../runner/not-an-action.ts';
import { drawOf, largest, sampled } from './choose.ts';
import { Feeds } from './feeds.ts';
import { shapeText } from './load-model.ts';
import { ModelError } from './model-error.ts';
import { Session, type ModelTensor } from './session.ts';

const NONE = -1;

/** Plays by a model: its inputs are fed as the map says, its output says the action. */
export class Policy implements BatchAgent {
  readonly #session: Session;
  readonly #model: string;
  readonly #map: OnnxMap;
  readonly #feeds: Feeds;
  readonly #names: readonly string[];
  /** Keys of the actions that the model knows, in its order. */
  readonly #keys: readonly number[];
  readonly #previous: Int32Array;
  readonly #seeds: Uint32Array;

  private constructor(session: Session, model: string, map: OnnxMap, context: AgentContext) {
    this.#session = session;
    this.#model = model;
    this.#map = map;
    const { name, actions } = map.output;
    if (!session.outputs.some((output) => output.name === name)) {
      const has = session.outputs.map((output) => `${output.name} ${shapeText(output.shape)}`).join(', ');
      throw new ModelError(`${model} has no output ${name} as arena.json says; it has ${has}`);
    }
    this.#feeds = new Feeds(session, model, map, context);
    this.#names = [...new Set([name, ...this.#feeds.states.map(({ output }) => output)])];
    const keys = context.actions.map(({ key }) => key);
    this.#keys = actions?.map((index) => keys[index] ?? 0) ?? keys;
    this.#previous = new Int32Array(context.gamesAtOnce).fill(NONE);
    this.#seeds = new Uint32Array(context.gamesAtOnce);
  }

  /**
   * Loads a model and tries it on zeros, with as many games as there will be: what does not fit is said before a game begins.
   * Throws ModelError.
   */
  static async load(path: string, map: OnnxMap, context: AgentContext): Promise<Policy> {
    const model = basename(path);
    const session = await Session.open(path, model);
    const policy = new Policy(session, model, map, context);
    const count = policy.#count(context.gamesAtOnce);
    policy.#take(await session.run(policy.#feeds.fill([], [], count), policy.#names), [], count);
    return policy;
  }

  reset(slot: number, { seed }: GameInfo): void {
    for (const state of this.#feeds.states) state.reset(slot);
    this.#previous[slot] = NONE;
    this.#seeds[slot] = seed;
  }

  /** Keys of the games, or what the model said instead. */
  async actBatch(observations: readonly Observation[]): Promise<number[]> {
    const keys: number[] = [];
    const most = this.#feeds.batch ?? observations.length;
    for (let from = 0; from < observations.length; from += most) {
      keys.push(...(await this.#act(observations.slice(from, from + most))));
    }
    return keys;
  }

  async #act(observations: readonly Observation[]): Promise<number[]> {
    const count = this.#count(observations.length);
    const slots = observations.map(({ slot }) => slot);
    const seen = observations.map((observation) => ({
      ...{ observation, previous: this.#previous[observation.slot] ?? NONE },
    }));
    const outputs = await this.#session.run(this.#feeds.fill(seen, slots, count), this.#names);
    const answer = this.#take(outputs, slots, count);
    return observations.map((observation, i) => {
      const action = this.#choose(answer, i, observation);
      if (action instanceof NotAnAction) return action as unknown as number;
      this.#previous[observation.slot] = action;
      return this.#keys[action] ?? 0;
    });
  }

  /** Games of a run; those beyond the ones there are are padding. */
  #count(games: number): number {
    return this.#feeds.batch ?? games;
  }

  /** Keeps the states and gives the answer. Throws ModelError when outputs are not of the right size. */
  #take(outputs: Record<string, ModelTensor>, slots: readonly number[], count: number): ArrayLike<number> {
    for (const state of this.#feeds.states) {
      state.scatter(outputs[state.output] as ModelTensor, slots, count, this.#model);
    }
    const { name, is } = this.#map.output;
    const { data, dims } = outputs[name] as ModelTensor;
    const wanted = is === 'logits' ? [count, this.#keys.length] : [count];
    const bare = (sizes: readonly number[]): string => sizes.filter((size) => size !== 1).join();
    if (bare(dims) !== bare(wanted)) {
      throw new ModelError(
        `the output ${name} of ${this.#model} is ${shapeText(dims)} for ${count} games, arena.json takes it for ${is}, ${shapeText(wanted)}`,
      );
    }
    // An action's number in 64 bits is an ordinary one; what is not is no action either.
    return data instanceof BigInt64Array || data instanceof BigUint64Array ? Array.from(data, Number) : data;
  }

  #choose(answer: ArrayLike<number>, i: number, { slot, step }: Observation): number | NotAnAction {
    const { is, choose, temperature = 1 } = this.#map.output;
    const count = this.#keys.length;
    if (is === 'action') {
      const action = answer[i] ?? Number.NaN;
      const isOne = Number.isInteger(action) && action >= 0 && action < count;
      return isOne ? action : new NotAnAction(`the action ${action}, allowed: 0 to ${count - 1}`);
    }
    const at = i * count;
    return choose === 'sample'
      ? sampled(answer, at, count, temperature, drawOf(this.#seeds[slot] ?? 0, step))
      : largest(answer, at, count);
  }
}

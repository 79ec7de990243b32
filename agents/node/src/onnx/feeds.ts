import type { OnnxInput, OnnxMap } from '@arena/protocol';
import type { Tensor } from 'onnxruntime-node';
import type { AgentContext } from '../index.ts';
import { ELEMENTS, product, type Elements } from './elements.ts';
import { encodingOf, type Encode } from './encodings.ts';
import { fitOf, given, stateFit, type Batch } from './fit.ts';
import { shapeText } from './load-model.ts';
import { ModelError } from './model-error.ts';
import type { Session, TensorInfo } from './session.ts';
import { sourceOf, type Seen, type Source } from './sources.ts';
import { State } from './state.ts';

interface Feed {
  readonly info: TensorInfo;
  readonly source: Source;
  readonly data: Elements;
  readonly encode: Encode;
  readonly dims: (games: number) => readonly number[];
}

/** All that a model is fed with, for so many games at most. The arrays are made once and filled again. */
export class Feeds {
  readonly states: readonly State[];
  /** How many games the model takes at once, if it says so. */
  readonly batch: Batch;
  readonly #session: Session;
  readonly #feeds: readonly Feed[];
  readonly #stateData: readonly Elements[];
  readonly #tensors = new Map<number, Record<string, Tensor>>();

  /** Throws ModelError when the model's inputs are not those of the map, with the shapes of both. */
  constructor(session: Session, model: string, map: OnnxMap, context: AgentContext) {
    this.#session = session;
    checkNames(session, model, map);
    const infos = new Map(session.inputs.map((info) => [info.name, info]));
    const inputs = map.inputs.map((input) => ({ input, info: infos.get(input.name) as TensorInfo }));
    this.states = inputs.flatMap(({ input, info }) =>
      input.from === 'state' ? [stateOf(session, model, input, info, context)] : [],
    );
    const actions = map.output.actions?.length ?? context.actions.length;
    const plans = inputs.flatMap(({ input, info }) => {
      if (!isFed(input)) return [];
      const source = sourceOf(input, context.fields, actions);
      const shape = input.oneHot === undefined ? source.shape : [...source.shape, input.oneHot];
      checkFactors(input, product(source.shape));
      return [{ input, info, source, fit: fitOf(info, shape, model, describe(input)) }];
    });
    this.batch = oneBatch(model, [
      ...plans.map(({ info, fit }) => ({ name: info.name, batch: fit.batch })),
      ...this.states.map((state) => ({ name: state.input, batch: state.batch })),
    ]);
    const games = this.batch ?? context.gamesAtOnce;
    this.#feeds = plans.map(({ input, info, source, fit }) => ({
      ...{ info, source, dims: (count: number) => fit.dims(count) },
      ...encodingOf(input, info.type, games, product(source.shape)),
    }));
    this.#stateData = this.states.map((state) => new ELEMENTS[state.type](state.length(games)));
  }

  /** The tensors for these games, in a run of `count` games: what is beyond them is left as it was. */
  fill(seen: readonly Seen[], slots: readonly number[], count: number): Readonly<Record<string, Tensor>> {
    for (const { source, encode } of this.#feeds) {
      for (let i = 0; i < seen.length; i++) encode(source.read(seen[i] as Seen), i);
    }
    this.states.forEach((state, i) => {
      state.gather(this.#stateData[i] as Elements, slots, count);
    });
    const known = this.#tensors.get(count) ?? this.#over(count);
    this.#tensors.set(count, known);
    return known;
  }

  #over(count: number): Record<string, Tensor> {
    const tensor = (info: { type: TensorInfo['type'] }, data: Elements, dims: readonly number[]): Tensor =>
      this.#session.tensor(info.type, data.subarray(0, product(dims)), dims);
    return Object.fromEntries([
      ...this.#feeds.map(({ info, data, dims }) => [info.name, tensor(info, data, dims(count))] as const),
      ...this.states.map(
        (state, i) =>
          [state.input, tensor(state, this.#stateData[i] as Elements, state.dims(count))] as const,
      ),
    ]);
  }
}

type Fed = OnnxInput & { from: Exclude<OnnxInput['from'], 'state'> };
const isFed = (input: OnnxInput): input is Fed => input.from !== 'state';

function describe({ from, crop, oneHot }: OnnxInput): string {
  const parts = [
    from,
    ...(crop ? [`crop ${crop.join('×')}`] : []),
    ...(oneHot ? [`one-hot of ${oneHot}`] : []),
  ];
  return parts.join(', ');
}

function stateOf(
  session: Session,
  model: string,
  input: OnnxInput,
  info: TensorInfo,
  { gamesAtOnce }: AgentContext,
): State {
  const { name, output = '', batchAxis = 0 } = input;
  const declared = session.outputs.find((one) => one.name === output);
  if (declared === undefined) {
    throw new ModelError(
      `${model} has no output ${output} for the state ${name}, but ${listed(session.outputs)}`,
    );
  }
  return new State(
    { input: name, output },
    info.type,
    stateFit(info, declared, batchAxis, model),
    gamesAtOnce,
  );
}

const listed = (infos: readonly TensorInfo[]): string =>
  infos.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(', ') || 'none';

function checkNames(session: Session, model: string, map: OnnxMap): void {
  const fed = new Map(map.inputs.map((input) => [input.name, input]));
  const stranger = map.inputs.find(({ name }) => !session.inputs.some((info) => info.name === name));
  if (stranger !== undefined) {
    throw new ModelError(
      `${model} has no input ${stranger.name} as arena.json says; it has ${listed(session.inputs)}`,
    );
  }
  const hungry = session.inputs.find(({ name }) => !fed.has(name));
  if (hungry !== undefined) {
    throw new ModelError(
      `the input ${hungry.name} ${shapeText(hungry.shape)} of ${model} is fed nothing: arena.json has ${[...fed.keys()].join(', ')}`,
    );
  }
}

function checkFactors(input: OnnxInput, count: number): void {
  for (const key of ['subtract', 'multiply'] as const) {
    const factors = input[key];
    if (typeof factors === 'number' || factors === undefined || factors.length === count) continue;
    throw new ModelError(
      `arena.json's ${key} for the input ${input.name} has ${factors.length} numbers, ${describe(input)} has ${count}`,
    );
  }
}

function oneBatch(model: string, inputs: readonly { name: string; batch: Batch }[]): Batch {
  const fixed = inputs.filter(({ batch }) => batch !== null);
  const [first, ...others] = fixed;
  const other = others.find(({ batch }) => batch !== first?.batch);
  if (first !== undefined && other !== undefined) {
    throw new ModelError(
      `${model} takes ${first.batch} games at once by its input ${first.name} and ${other.batch} by ${other.name}`,
    );
  }
  if (first?.batch === 0)
    throw new ModelError(`the input ${first.name} of ${model} has room for no game: ${given([])}`);
  return first?.batch ?? null;
}

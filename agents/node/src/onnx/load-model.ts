import { basename, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tensor } from 'onnxruntime-node';
import { ELEMENTS, type Elements } from './elements.ts';
import { ModelError } from './model-error.ts';
import { Session, type ModelOptions, type ModelTensor, type TensorInfo } from './session.ts';

/** A model in ONNX, loaded by {@link loadModel}. */
export interface Model {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /**
   * One run: a tensor for each input, by name; resolves to all outputs by name. int64 is a BigInt64Array, bool a Uint8Array.
   * Throws ModelError when a feed is missing, or its type or shape is not the model's.
   */
  run(feeds: Readonly<Record<string, ModelTensor>>): Promise<Record<string, ModelTensor>>;
  /** Frees its memory; it cannot be run any more. */
  close(): Promise<void>;
}

/**
 * Loads a model that lies beside the agent: `await loadModel(new URL('policy.onnx', import.meta.url))`. A path has to be
 * absolute, since the current folder is not the agent's. Throws ModelError when it cannot be loaded.
 */
export async function loadModel(file: string | URL, options: ModelOptions = {}): Promise<Model> {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  if (!isAbsolute(path)) {
    throw new ModelError(
      `loadModel needs an absolute path or a URL such as new URL(${JSON.stringify(path)}, import.meta.url)`,
    );
  }
  const session = await Session.open(path, basename(path), options);
  const outputs = session.outputs.map(({ name }) => name);
  return {
    inputs: session.inputs,
    outputs: session.outputs,
    run: async (feeds) => session.run(tensors(session, feeds), outputs),
    close: async () => session.close(),
  };
}

function tensors(session: Session, feeds: Readonly<Record<string, ModelTensor>>): Record<string, Tensor> {
  const known = new Set(session.inputs.map(({ name }) => name));
  const stranger = Object.keys(feeds).find((name) => !known.has(name));
  if (stranger !== undefined)
    throw new ModelError(`the model has no input ${stranger}: ${[...known].join(', ')}`);
  return Object.fromEntries(
    session.inputs.map((info) => [info.name, tensorFor(session, info, feeds[info.name])]),
  );
}

function tensorFor(session: Session, info: TensorInfo, given: ModelTensor | undefined): Tensor {
  const { name, type, shape } = info;
  const wanted = `the input ${name} is ${type} ${shapeText(shape)}`;
  if (given === undefined) throw new ModelError(`${wanted}, and there is nothing for it`);
  const { data, dims } = given;
  if (!isOf(data, ELEMENTS[type])) throw new ModelError(`${wanted}, what came is a ${nameOf(data)}`);
  const fits =
    shape.length === 0 || (shape.length === dims.length && shape.every((size, i) => sizeFits(size, dims[i])));
  if (!fits) throw new ModelError(`${wanted}, what came is ${shapeText(dims)}`);
  return session.tensor(type, data, dims);
}

const isOf = (data: Elements, wanted: (typeof ELEMENTS)[TensorInfo['type']]): boolean =>
  data instanceof wanted;
const nameOf = (data: unknown): string =>
  typeof data === 'object' && data !== null ? data.constructor.name : typeof data;
const sizeFits = (size: number | string, given: number | undefined): boolean =>
  typeof size === 'string' || size === given;

/** For messages: `[games, 21, 79]`. */
export function shapeText(shape: readonly (number | string)[]): string {
  return `[${shape.map((size) => (size === '' ? '?' : size)).join(', ')}]`;
}

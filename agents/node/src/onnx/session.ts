import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { ELEMENTS, isElementType, product, type ElementType, type Elements } from './elements.ts';
import { ModelError, toldBy } from './model-error.ts';

/** An input or output as the model declares it. */
export interface TensorInfo {
  readonly name: string;
  readonly type: ElementType;
  /** A size, or the name of one that is free. Empty also where the model says nothing. */
  readonly shape: readonly (number | string)[];
}

/** Elements row by row, and how many there are in each dimension. */
export interface ModelTensor {
  readonly data: Elements;
  readonly dims: readonly number[];
}

export interface ModelOptions {
  /** Threads of one run; default 1: the processors are shared, and each thread counts against the limit of processes. */
  threads?: number;
}

type Runtime = typeof OnnxRuntime;
let loading: Promise<Runtime> | undefined;

/** 30 ms and 30 MB that only agents with a model pay. */
async function load(): Promise<Runtime> {
  loading ??= import('onnxruntime-node').then((runtime) => {
    runtime.env.logLevel = 'error';
    return runtime;
  });
  return loading;
}

/** A loaded model: a thin layer over ONNX Runtime whose errors are {@link ModelError}s. */
export class Session {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #session: InferenceSession;
  readonly #runtime: Runtime;
  readonly #name: string;

  private constructor(runtime: Runtime, session: InferenceSession, name: string) {
    this.#runtime = runtime;
    this.#session = session;
    this.#name = name;
    this.inputs = session.inputMetadata.map((info) => infoOf(info, name, 'input'));
    this.outputs = session.outputMetadata.map((info) => infoOf(info, name, 'output'));
  }

  /** `name`: how errors call the model. Throws ModelError when the file is no model that can be run here. */
  static async open(path: string, name: string, { threads = 1 }: ModelOptions = {}): Promise<Session> {
    const runtime = await load();
    try {
      const session = await runtime.InferenceSession.create(path, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 4,
      });
      return new Session(runtime, session, name);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(`${name} cannot be loaded: ${toldBy(error)}`, { cause: error });
    }
  }

  /** A tensor over `data`, which it keeps on showing. Throws ModelError when the sizes do not match. */
  tensor(type: ElementType, data: Elements, dims: readonly number[]): Tensor {
    if (data.length !== product(dims)) {
      throw new ModelError(`[${dims.join(', ')}] holds ${product(dims)} elements, there are ${data.length}`);
    }
    return new this.#runtime.Tensor(type, data as Float32Array, dims);
  }

  /** Runs the model for the outputs named. Throws ModelError. */
  async run(
    feeds: Readonly<Record<string, Tensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, ModelTensor>> {
    try {
      return (await this.#session.run(feeds, outputs)) as unknown as Record<string, ModelTensor>;
    } catch (error) {
      throw new ModelError(`${this.#name} cannot be run: ${toldBy(error)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function infoOf(info: InferenceSession.ValueMetadata, model: string, what: string): TensorInfo {
  const type = info.isTensor ? info.type : 'no tensor';
  if (!info.isTensor || !isElementType(type)) {
    const allowed = Object.keys(ELEMENTS).join(', ');
    throw new ModelError(`the ${what} ${info.name} of ${model} is ${type}, allowed: ${allowed}`);
  }
  return { name: info.name, type, shape: info.shape };
}

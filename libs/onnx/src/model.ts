/** Writes small models in ONNX, whose format is onnx.proto's: for the self-test, the benchmark and tests. It checks nothing. */
import { bytes, float, int, join, message, text } from './protobuf.ts';

const TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
} as const;
export type TensorType = keyof typeof TYPES;

/** An input or output. A size that is text is free, and that is its name. */
export interface Value {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly (number | string)[];
}

/**
 * A constant. `values` fill it again and again; `elements`: so many there are in the file, whatever the shape says; `external`: its
 * bytes are said to lie in that file.
 */
export interface Weight {
  readonly name: string;
  readonly type: 'float32' | 'int64' | 'bool';
  readonly shape: readonly number[];
  readonly values?: readonly number[];
  readonly elements?: number;
  readonly external?: string;
}

/** Whole numbers are written as ints, others as floats; `{ float: 1 }` says so of a whole one. */
export type Attribute =
  | number
  | readonly number[]
  | string
  | { readonly float: number }
  | { readonly type: TensorType }
  | { readonly graph: Graph };

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Of the operator; default: ONNX's own. */
  readonly domain?: string;
}

export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly weights?: readonly Weight[];
  readonly nodes: readonly Node[];
  /** Version of the operators; default 17. */
  readonly opset?: number;
}

const IR_VERSION = 8;
const OPSET = 17;
const EXTERNAL = 1;

/** The bytes of the model's file. */
export function encodeModel(graph: Graph): Uint8Array {
  const { nodes, opset = OPSET } = graph;
  const domains = new Set(nodes.flatMap(({ domain }) => (domain === undefined ? [] : [domain])));
  return join([
    int(1, IR_VERSION),
    text(2, 'nethack-arena'),
    message(7, graphFields(graph)),
    message(8, [text(1, ''), int(2, opset)]),
    ...[...domains].map((domain) => message(8, [text(1, domain), int(2, 1)])),
  ]);
}

function graphFields({ inputs, outputs, weights = [], nodes }: Graph): Uint8Array[] {
  return [
    ...nodes.map((node) => message(1, nodeFields(node))),
    text(2, 'graph'),
    ...weights.map((weight) => message(5, weightFields(weight))),
    ...inputs.map((value) => message(11, valueFields(value))),
    ...outputs.map((value) => message(12, valueFields(value))),
  ];
}

function nodeFields({ op, inputs, outputs, attributes = {}, domain }: Node): Uint8Array[] {
  return [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => message(5, [text(1, name), ...attribute(value)])),
    ...(domain === undefined ? [] : [text(7, domain)]),
  ];
}

const KIND = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;

function attribute(value: Attribute): Uint8Array[] {
  if (typeof value === 'string') return [text(4, value), int(20, KIND.string)];
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? [int(3, value), int(20, KIND.int)]
      : [float(2, value), int(20, KIND.float)];
  }
  if ('float' in value) return [float(2, value.float), int(20, KIND.float)];
  if ('type' in value) return [int(3, TYPES[value.type]), int(20, KIND.int)];
  if ('graph' in value) return [message(6, graphFields(value.graph)), int(20, KIND.graph)];
  return [...value.map((one) => int(8, one)), int(20, KIND.ints)];
}

function valueFields({ name, type, shape }: Value): Uint8Array[] {
  const sizes = shape.map((size) => message(1, [typeof size === 'number' ? int(1, size) : text(2, size)]));
  return [text(1, name), message(2, [message(1, [int(1, TYPES[type]), message(2, sizes)])])];
}

function weightFields({ name, type, shape, values = [0], elements, external }: Weight): Uint8Array[] {
  const head = [...shape.map((size) => int(1, size)), int(2, TYPES[type]), text(8, name)];
  if (external !== undefined) {
    return [...head, message(13, [text(1, 'location'), text(2, external)]), int(14, EXTERNAL)];
  }
  const count = elements ?? shape.reduce((all, size) => all * size, 1);
  const all = Array.from({ length: count }, (_, i) => values[i % values.length] ?? 0);
  if (type === 'bool') return [...head, bytes(9, Uint8Array.from(all))];
  const raw = type === 'float32' ? Float32Array.from(all) : BigInt64Array.from(all, BigInt);
  return [...head, bytes(9, new Uint8Array(raw.buffer))];
}

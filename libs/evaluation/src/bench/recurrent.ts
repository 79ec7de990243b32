/** Policies as today's are, of any size, with weights from a formula: for the benchmark and for tests. */
import type { Graph, Weight } from '@arena/onnx';

const GLYPHS = 5992;
const WORDS = 16;
const DONE = 8;

export interface Sizes {
  /** Numbers for a glyph. */
  embedded: number;
  /** Planes of a convolution. */
  planes: number;
  /** What goes into the LSTM. */
  thought: number;
  /** Of the LSTM. */
  hidden: number;
  actions: number;
}

/** Numbers in -scale…scale that look like drawn ones, the same each time. */
function noise(count: number, seed: number, scale: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

function weight(name: string, shape: readonly number[], seed: number, scale: number): Weight {
  const count = shape.reduce((all, size) => all * size, 1);
  return { name, type: 'float32', shape, values: noise(count, seed, scale) };
}

/** A vector of whole numbers. */
export function ints(name: string, values: readonly number[]): Weight {
  return { name, type: 'int64', shape: [values.length], values };
}

/** Embedded glyphs, convolutions of the map and of what is round the hero, status, message, last action, an LSTM. */
export function recurrentPolicy({ embedded, planes, thought, hidden, actions }: Sizes): Graph {
  const mixed = planes * 5 * 19 + planes * 7 * 7 + 27 + WORDS + DONE;
  const state = (name: string) => ({ name, type: 'float32' as const, shape: [1, 'games', hidden] });
  return {
    inputs: [
      { name: 'map', type: 'int32', shape: ['games', 21, 79] },
      { name: 'around', type: 'int64', shape: ['games', 9, 9] },
      { name: 'status', type: 'float32', shape: ['games', 27] },
      { name: 'message', type: 'uint8', shape: ['games', 256] },
      { name: 'last', type: 'int64', shape: ['games'] },
      state('h'),
      state('c'),
    ],
    outputs: [
      { name: 'logits', type: 'float32', shape: ['games', actions] },
      state('h_next'),
      state('c_next'),
    ],
    weights: [
      weight('glyphs', [GLYPHS, embedded], 1, 1),
      weight('map_kernel', [planes, embedded, 3, 3], 2, 0.3),
      weight('map_kernel_2', [planes, planes, 3, 3], 12, 0.3),
      weight('around_kernel', [planes, embedded, 3, 3], 3, 0.3),
      weight('message_weight', [256, WORDS], 4, 0.002),
      weight('last_embedding', [actions + 1, DONE], 5, 1),
      weight('mixed', [mixed, thought], 6, 0.05),
      weight('lstm_w', [1, 4 * hidden, thought], 7, 0.3),
      weight('lstm_r', [1, 4 * hidden, hidden], 8, 0.3),
      weight('head', [hidden, actions], 9, 4),
      ints('first', [0]),
    ],
    nodes: [
      ...['map', 'around'].flatMap((name) => [
        { op: 'Gather', inputs: ['glyphs', name], outputs: [`${name}_embedded`], attributes: { axis: 0 } },
        {
          ...{ op: 'Transpose', inputs: [`${name}_embedded`], outputs: [`${name}_planes`] },
          attributes: { perm: [0, 3, 1, 2] },
        },
        {
          ...{ op: 'Conv', inputs: [`${name}_planes`, `${name}_kernel`], outputs: [`${name}_seen`] },
          attributes: { kernel_shape: [3, 3], strides: name === 'map' ? [2, 2] : [1, 1] },
        },
        { op: 'Relu', inputs: [`${name}_seen`], outputs: [`${name}_bent`] },
      ]),
      {
        ...{ op: 'Conv', inputs: ['map_bent', 'map_kernel_2'], outputs: ['map_again'] },
        attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 0, 0] },
      },
      { op: 'Flatten', inputs: ['map_again'], outputs: ['map_flat'] },
      { op: 'Flatten', inputs: ['around_bent'], outputs: ['around_flat'] },
      { op: 'Cast', inputs: ['message'], outputs: ['letters'], attributes: { to: { type: 'float32' } } },
      { op: 'MatMul', inputs: ['letters', 'message_weight'], outputs: ['words'] },
      { op: 'Gather', inputs: ['last_embedding', 'last'], outputs: ['done'], attributes: { axis: 0 } },
      {
        ...{ op: 'Concat', inputs: ['map_flat', 'around_flat', 'status', 'words', 'done'], outputs: ['all'] },
        attributes: { axis: 1 },
      },
      { op: 'MatMul', inputs: ['all', 'mixed'], outputs: ['summed'] },
      { op: 'Tanh', inputs: ['summed'], outputs: ['thought'] },
      { op: 'Unsqueeze', inputs: ['thought', 'first'], outputs: ['in_time'] },
      {
        ...{ op: 'LSTM', inputs: ['in_time', 'lstm_w', 'lstm_r', '', '', 'h', 'c'] },
        ...{ outputs: ['', 'h_next', 'c_next'], attributes: { hidden_size: hidden } },
      },
      { op: 'Squeeze', inputs: ['h_next', 'first'], outputs: ['kept'] },
      { op: 'MatMul', inputs: ['kept', 'head'], outputs: ['logits'] },
    ],
  };
}

const TURNS = 20;
const ofStatus = (turns: number, others: number): number[] =>
  Array.from({ length: 27 }, (_, i) => (i === TURNS ? turns : others));

/** What feeds it, as in arena.json. */
export const RECURRENT_INPUTS = [
  { name: 'map', from: 'glyphs' },
  { name: 'around', from: 'glyphs', crop: [9, 9], fill: 2359 },
  { name: 'status', from: 'blstats', subtract: ofStatus(0, 1), multiply: ofStatus(0.001, 0.01) },
  { name: 'message', from: 'message' },
  { name: 'last', from: 'previous_action' },
  { name: 'h', from: 'state', output: 'h_next', batchAxis: 1 },
  { name: 'c', from: 'state', output: 'c_next', batchAxis: 1 },
];

/** Small models for tests: one with all that a policy of today has, with weights from a formula, and one that counts. */
import type { Graph } from '@arena/onnx';

const HIDDEN = 32;
const ACTIONS = 121;
const GLYPHS = 5992;
const EMBEDDED = 4;

/** Numbers in -scale…scale that look like drawn ones, the same each time. */
function noise(count: number, seed: number, scale: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

const weight = (name: string, shape: readonly number[], seed: number, scale: number) => ({
  ...{ name, type: 'float32' as const, shape },
  values: noise(
    shape.reduce((all, size) => all * size, 1),
    seed,
    scale,
  ),
});
const ints = (name: string, values: readonly number[]) => ({
  ...{ name, type: 'int64' as const, shape: [values.length], values },
});

/** Embedded glyphs, convolutions of the map and of what is round the hero, status, message, last action, an LSTM. */
export const RECURRENT: Graph = {
  inputs: [
    { name: 'map', type: 'int32', shape: ['games', 21, 79] },
    { name: 'around', type: 'int64', shape: ['games', 9, 9] },
    { name: 'status', type: 'float32', shape: ['games', 27] },
    { name: 'message', type: 'uint8', shape: ['games', 256] },
    { name: 'last', type: 'int64', shape: ['games'] },
    { name: 'h', type: 'float32', shape: [1, 'games', HIDDEN] },
    { name: 'c', type: 'float32', shape: [1, 'games', HIDDEN] },
  ],
  outputs: [
    { name: 'logits', type: 'float32', shape: ['games', ACTIONS] },
    { name: 'h_next', type: 'float32', shape: [1, 'games', HIDDEN] },
    { name: 'c_next', type: 'float32', shape: [1, 'games', HIDDEN] },
  ],
  weights: [
    weight('glyphs', [GLYPHS, EMBEDDED], 1, 1),
    weight('map_kernel', [8, EMBEDDED, 3, 3], 2, 0.3),
    weight('around_kernel', [8, EMBEDDED, 3, 3], 3, 0.3),
    weight('message_weight', [256, 16], 4, 0.002),
    weight('last_embedding', [ACTIONS + 1, 8], 5, 1),
    weight('mixed', [8 * 10 * 39 + 8 * 7 * 7 + 27 + 16 + 8, 64], 6, 0.05),
    weight('lstm_w', [1, 4 * HIDDEN, 64], 7, 0.3),
    weight('lstm_r', [1, 4 * HIDDEN, HIDDEN], 8, 0.3),
    weight('head', [HIDDEN, ACTIONS], 9, 4),
    ints('first', [0]),
  ],
  nodes: [
    ...['map', 'around'].flatMap((name, i) => [
      { op: 'Gather', inputs: ['glyphs', name], outputs: [`${name}_embedded`], attributes: { axis: 0 } },
      {
        ...{ op: 'Transpose', inputs: [`${name}_embedded`], outputs: [`${name}_planes`] },
        attributes: { perm: [0, 3, 1, 2] },
      },
      {
        ...{ op: 'Conv', inputs: [`${name}_planes`, `${name}_kernel`], outputs: [`${name}_seen`] },
        attributes: { kernel_shape: [3, 3], strides: i === 0 ? [2, 2] : [1, 1] },
      },
      { op: 'Relu', inputs: [`${name}_seen`], outputs: [`${name}_bent`] },
      { op: 'Flatten', inputs: [`${name}_bent`], outputs: [`${name}_flat`] },
    ]),
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
      ...{
        op: 'LSTM',
        inputs: ['in_time', 'lstm_w', 'lstm_r', '', '', 'h', 'c'],
        outputs: ['', 'h_next', 'c_next'],
      },
      attributes: { hidden_size: HIDDEN },
    },
    { op: 'Squeeze', inputs: ['h_next', 'first'], outputs: ['kept'] },
    { op: 'MatMul', inputs: ['kept', 'head'], outputs: ['logits'] },
  ],
};

const TURNS = 20;
const ofStatus = <T>(turns: T, others: T): T[] =>
  Array.from({ length: 27 }, (_, i) => (i === TURNS ? turns : others));

/** What feeds it, as in arena.json. */
export const RECURRENT_MAP = {
  inputs: [
    { name: 'map', from: 'glyphs' },
    { name: 'around', from: 'glyphs', crop: [9, 9], fill: 2359 },
    { name: 'status', from: 'blstats', subtract: ofStatus(0, 1), multiply: ofStatus(0.001, 0.01) },
    { name: 'message', from: 'message' },
    { name: 'last', from: 'previous_action' },
    { name: 'h', from: 'state', output: 'h_next', batchAxis: 1 },
    { name: 'c', from: 'state', output: 'c_next', batchAxis: 1 },
  ],
};

/**
 * Answers how many steps it has played, by its state, as long as its last action was one less and only a game's first step is
 * new; else -1. It knows 16 actions.
 */
export const COUNTER: Graph = {
  inputs: [
    { name: 'count', type: 'int64', shape: [1, 'games'] },
    { name: 'previous', type: 'int64', shape: ['games'] },
    { name: 'fresh', type: 'bool', shape: ['games'] },
  ],
  outputs: [
    { name: 'action', type: 'int64', shape: ['games'] },
    { name: 'next', type: 'int64', shape: [1, 'games'] },
  ],
  weights: [ints('none', [16]), ints('zero', [0]), ints('one', [1]), ints('fault', [-1])],
  nodes: [
    { op: 'Add', inputs: ['count', 'one'], outputs: ['next'] },
    { op: 'Squeeze', inputs: ['count', 'zero'], outputs: ['steps'] },
    { op: 'Equal', inputs: ['steps', 'zero'], outputs: ['is_first'] },
    { op: 'Sub', inputs: ['steps', 'one'], outputs: ['before'] },
    { op: 'Where', inputs: ['is_first', 'none', 'before'], outputs: ['expected'] },
    { op: 'Equal', inputs: ['previous', 'expected'], outputs: ['is_own'] },
    { op: 'Equal', inputs: ['fresh', 'is_first'], outputs: ['is_told'] },
    { op: 'And', inputs: ['is_own', 'is_told'], outputs: ['is_right'] },
    { op: 'Where', inputs: ['is_right', 'steps', 'fault'], outputs: ['action'] },
  ],
};

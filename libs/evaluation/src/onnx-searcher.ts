/** The self-test's model: it searches while there is a map, and hands a state on so that this is tried, too. */
import { encodeModel } from '@arena/onnx';

const SEARCH = 75;
const ACTIONS = 121;

/** The logit of SEARCH is the map's largest glyph times the steps so far; the others are 0. */
export const SEARCHER_MODEL = encodeModel({
  inputs: [
    { name: 'map', type: 'float32', shape: ['games', 21, 79] },
    { name: 'steps', type: 'float32', shape: ['games', 1] },
  ],
  outputs: [
    { name: 'logits', type: 'float32', shape: ['games', ACTIONS] },
    { name: 'next', type: 'float32', shape: ['games', 1] },
  ],
  weights: [
    {
      name: 'search',
      type: 'float32',
      shape: [1, ACTIONS],
      values: Array.from({ length: ACTIONS }, (_, action) => (action === SEARCH ? 1 : 0)),
    },
    { name: 'one', type: 'float32', shape: [1], values: [1] },
    { name: 'last', type: 'int64', shape: [1], values: [1] },
  ],
  nodes: [
    { op: 'ReduceMax', inputs: ['map'], outputs: ['most'], attributes: { axes: [1, 2], keepdims: 0 } },
    { op: 'Add', inputs: ['steps', 'one'], outputs: ['next'] },
    { op: 'Unsqueeze', inputs: ['most', 'last'], outputs: ['column'] },
    { op: 'Mul', inputs: ['column', 'next'], outputs: ['weight'] },
    { op: 'MatMul', inputs: ['weight', 'search'], outputs: ['logits'] },
  ],
});

/** What arena.json would say of it. */
export const SEARCHER_MAP = {
  inputs: [
    { name: 'map', from: 'glyphs' },
    { name: 'steps', from: 'state', output: 'next' },
  ],
  output: { name: 'logits', is: 'logits' },
};

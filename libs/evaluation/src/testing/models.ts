/** Small models for tests: one with all that a policy of today has, and one that counts. */
import type { Graph } from '@arena/onnx';
import { ints, recurrentPolicy } from '../bench/recurrent.ts';

export { RECURRENT_INPUTS } from '../bench/recurrent.ts';

export const RECURRENT = recurrentPolicy({ embedded: 4, planes: 8, thought: 64, hidden: 32, actions: 121 });

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

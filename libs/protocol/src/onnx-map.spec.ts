import { describe, expect, it } from '@jest/globals';
import { ManifestError } from './manifest-errors.ts';
import { manifestJsonSchema, validateManifest } from './manifest.ts';

const MAP = {
  inputs: [
    { name: 'map', from: 'glyphs' },
    { name: 'around', from: 'glyphs', crop: [9, 9], fill: 2359 },
    { name: 'status', from: 'blstats', subtract: 1, multiply: [0.1, 0.2] },
    { name: 'message', from: 'message', oneHot: 256 },
    { name: 'last', from: 'previous_action', oneHot: 121 },
    { name: 'fresh', from: 'new_game' },
    { name: 'h', from: 'state', output: 'h_next', batchAxis: 1 },
  ],
  output: { name: 'logits', is: 'logits', choose: 'sample', temperature: 0.5, actions: [3, 1, 2] },
};
const MANIFEST = {
  ...{ name: 'model', version: '1', kind: 'neural', runtime: 'onnx', entry: 'policy.onnx' },
  ...{ fields: ['glyphs', 'blstats', 'message'], authors: ['A'], onnx: MAP },
};

function problem(change: object): string {
  try {
    validateManifest({ ...MANIFEST, ...change });
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
  return 'none';
}

const input = (change: object): object => ({ onnx: { ...MAP, inputs: [{ ...MAP.inputs[0], ...change }] } });
const output = (change: object): object => ({ onnx: { ...MAP, output: { ...MAP.output, ...change } } });

describe("a model's map", () => {
  it('is taken as it is', () => {
    expect(validateManifest(MANIFEST).onnx).toEqual(MAP);
  });

  it('is in the JSON schema', () => {
    expect(JSON.stringify(manifestJsonSchema())).toContain('"previous_action"');
  });

  it.each([
    [{ onnx: undefined }, 'onnx: is missing; expected the map'],
    [
      { runtime: 'node', entry: 'a.js' },
      'onnx: found a map, allowed: only with the runtime onnx, not with node',
    ],
    [{ entry: 'policy.pt' }, 'entry: found "policy.pt", allowed: a file that ends in .onnx'],
    [{ onnx: { ...MAP, inputs: [] } }, 'onnx.inputs: found [], allowed: at least 1 entries'],
    [{ onnx: { ...MAP, inputs: [MAP.inputs[0], MAP.inputs[0]] } }, "each of the model's inputs once"],
    [{ onnx: { ...MAP, hidden: 1 } }, 'onnx: unknown field "hidden"'],
    [input({ from: 'soul' }), 'onnx.inputs[0].from: found "soul", allowed: glyphs, chars'],
    [input({ from: 'text_message' }), 'onnx.inputs[0].from: found "text_message", allowed: '],
    [input({ from: 'misc' }), 'onnx.inputs[0].from: found "misc", which is not among fields: add it there'],
    [input({ name: 'a b' }), 'onnx.inputs[0].name: found "a b", allowed: letters'],
    [input({ crop: [9] }), 'onnx.inputs[0].crop: '],
    [input({ crop: [43, 9] }), 'onnx.inputs[0].crop[0]: found 43, allowed: at most 41'],
    [
      input({ from: 'blstats', crop: [9, 9] }),
      'onnx.inputs[0].crop: found [9,9], allowed: only for glyphs, chars',
    ],
    [
      { fields: ['glyphs'], onnx: { ...MAP, inputs: [MAP.inputs[1]] } },
      "onnx.inputs[0].crop: found [9,9]; the hero's place is in blstats: add it to fields",
    ],
    [input({ fill: 3 }), 'onnx.inputs[0].fill: found 3, allowed: only with crop'],
    [input({ oneHot: 1 }), 'onnx.inputs[0].oneHot: found 1, allowed: from 2 to 8192'],
    [input({ oneHot: 9, multiply: 2 }), 'onnx.inputs[0].multiply: found 2, allowed: not with oneHot'],
    [input({ multiply: '2' }), 'onnx.inputs[0].multiply: found "2", allowed: a number, or a list'],
    [input({ from: 'new_game', subtract: 1 }), 'onnx.inputs[0].subtract: found 1, allowed: only for a field'],
    [input({ from: 'state' }), 'onnx.inputs[0].output: found nothing, allowed: the name of an output'],
    [input({ output: 'h' }), 'onnx.inputs[0].output: found "h", allowed: only with "from": "state"'],
    [input({ batchAxis: 1 }), 'onnx.inputs[0].batchAxis: found 1, allowed: only with "from": "state"'],
    [output({ is: 'value' }), 'onnx.output.is: found "value", allowed: logits, action'],
    [output({ is: 'action' }), 'onnx.output.choose: found "sample", allowed: only with "is": "logits"'],
    [
      output({ choose: 'argmax' }),
      'onnx.output.temperature: found 0.5, allowed: only with "choose": "sample"',
    ],
    [output({ temperature: 0 }), 'onnx.output.temperature: found 0, allowed: from 0.01 to 100'],
    [output({ actions: [1, 121] }), 'onnx.output.actions[1]: found 121, allowed: from 0 to 120'],
    [output({ actions: [1, 1] }), 'onnx.output.actions: found [1,1], allowed: each action once'],
  ])('%j is refused', (change, told) => {
    expect(problem(change)).toContain(told);
  });
});

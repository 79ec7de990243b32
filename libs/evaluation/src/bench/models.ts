/** The runtime onnx: models cannot measure themselves, so that the platform's own clocks say what they cost. */
import { readFileSync } from 'node:fs';
import { ACTIONS } from '@arena/engine';
import { encodeModel, type Graph } from '@arena/onnx';
import { parseManifest, type FieldName } from '@arena/protocol';
import type { AgentHost } from '../agent-host.ts';
import { play } from './measure.ts';
import { RECURRENT_INPUTS, recurrentPolicy } from './recurrent.ts';

interface BenchModel {
  readonly file: Uint8Array;
  /** As in arena.json. */
  readonly onnx: object;
  readonly fields: readonly FieldName[];
}

/** Steps in the eight directions, and ESC, so that no question holds the hero. */
const WALK = ACTIONS.filter(({ set, name }) => set === 'CompassDirection' || name === 'ESC').map(
  ({ index }) => index,
);

/** A model that draws one of WALK's actions. */
function walker(graph: Graph, inputs: readonly object[], fields: readonly FieldName[]): BenchModel {
  const output = { name: 'logits', is: 'logits', choose: 'sample', actions: WALK };
  return { file: encodeModel(graph), onnx: { inputs, output }, fields };
}

/** Walks, by logits that depend on nothing but the status: what is left of a step when nothing is thought. */
export const TRIVIAL = walker(
  {
    inputs: [{ name: 'status', type: 'float32', shape: ['games', 27] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['games', WALK.length] }],
    weights: [{ name: 'w', type: 'float32', shape: [27, WALK.length], values: [0] }],
    nodes: [{ op: 'MatMul', inputs: ['status', 'w'], outputs: ['logits'] }],
  },
  [{ name: 'status', from: 'blstats' }],
  ['blstats'],
);

/** Some 0.4 million weights beside the embedding: two convolutions of the map, one of the hero's surroundings, an LSTM of 128. */
export const POLICY = walker(
  recurrentPolicy({ embedded: 16, planes: 16, thought: 128, hidden: 128, actions: WALK.length }),
  RECURRENT_INPUTS,
  ['glyphs', 'blstats', 'message'],
);

/** The baseline cloner, as it is evaluated. */
export function cloner(): BenchModel {
  const folder = new URL('../../../../agents/baselines/cloner/', import.meta.url);
  const { onnx, fields } = parseManifest(readFileSync(new URL('arena.json', folder)));
  if (onnx === undefined) throw new Error('the baseline cloner has no map of its model');
  return { file: readFileSync(new URL('policy.onnx', folder)), onnx, fields };
}

/** Of a model that draws its actions: steps a second of all games, milliseconds of an answer to all of them, and of a start. */
export async function measureModel(
  host: AgentHost,
  model: BenchModel,
  gamesAtOnce: number,
  steps: number,
): Promise<{ rate: number; answerMs: number; startMs: number }> {
  const { results, ms, startMs } = await play(host, {
    ...{ runtime: 'onnx', fields: model.fields, gamesAtOnce, onnx: model.onnx },
    agent: { entry: 'policy.onnx', files: { 'policy.onnx': model.file } },
    // Those who die early leave places empty: as few as can be.
    ...{ games: gamesAtOnce, maxSteps: Math.ceil(steps / gamesAtOnce) },
  });
  const failed = results.find(({ verdict }) => verdict !== 'ok');
  if (failed !== undefined) throw new Error(`the model failed: ${failed.verdictReason ?? ''}`);
  const taken = results.reduce((sum, result) => sum + result.steps, 0);
  const questions = Math.max(...results.map((result) => result.steps));
  const agentMs = results.reduce((sum, { agentTimeMs }) => sum + agentTimeMs, 0);
  return { rate: (taken / ms) * 1000, answerMs: agentMs / questions, startMs };
}

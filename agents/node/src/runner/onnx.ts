/**
 * Runs an agent that is a model: `node onnx.js MODEL MAP`, with arena.json's map as JSON. What does not fit is printed and ends the
 * process with code 1 before it says that it is ready.
 */
import type { OnnxMap } from '@arena/protocol';
import { ModelError } from '../onnx/model-error.ts';
import { Policy } from '../onnx/policy.ts';
import { run } from './run.ts';

const [model, map] = process.argv.slice(2);
await run(
  async (context) => {
    if (model === undefined || map === undefined) throw new Error('usage: node onnx.js MODEL MAP');
    return Policy.load(model, JSON.parse(map) as OnnxMap, context);
  },
  // No line of the participant's is on the stack.
  (error) => (error instanceof ModelError ? `${error.name}: ${error.message}` : String(error)),
);

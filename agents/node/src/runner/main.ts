/**
 * Runs a node agent: `node main.js ENTRY`. Loads the entry, calls its `createAgent`, and plays by the wire protocol
 * on descriptors 0 and 1. What the agent throws is printed with its stack trace and ends the process with code 1.
 */
import { pathToFileURL } from 'node:url';
import type { Agent, BatchAgent, CreateAgent } from '../index.ts';
import { run } from './run.ts';

async function load(entry: string): Promise<CreateAgent> {
  const module = (await import(pathToFileURL(entry).href)) as {
    createAgent?: unknown;
    default?: { createAgent?: unknown };
  };
  // A CommonJS module's exports arrive as the default.
  const createAgent = module.createAgent ?? module.default?.createAgent;
  if (typeof createAgent !== 'function') {
    throw new Error(`${entry} does not export a function createAgent`);
  }
  return createAgent as CreateAgent;
}

function check(agent: Agent | BatchAgent | null | undefined): Agent | BatchAgent {
  const methods = agent as Partial<Agent & BatchAgent> | null | undefined;
  if (typeof methods?.act !== 'function' && typeof methods?.actBatch !== 'function') {
    throw new Error('createAgent has to return an object with a method act or actBatch');
  }
  return agent as Agent | BatchAgent;
}

const [entry] = process.argv.slice(2);
await run(async (context) => {
  if (entry === undefined) throw new Error('usage: node main.js ENTRY');
  const createAgent = await load(entry);
  return check(await createAgent(context));
});

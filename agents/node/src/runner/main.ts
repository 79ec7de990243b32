/**
 * Runs a node agent: `node main.js ENTRY`. Loads the entry, calls its `createAgent`, and plays by the wire protocol
 * on descriptors 0 and 1. What the agent throws is printed with its stack trace and ends the process with code 1.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Agent, BatchAgent, CreateAgent } from '../index.ts';
import { keepOutputFree } from './output.ts';
import { Pipe } from './pipe.ts';
import { Player, contextOf } from './player.ts';
import { FRAME, PROTOCOL_VERSION, type Hello } from './wire.ts';

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

function sdkVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function main(entry: string): Promise<void> {
  keepOutputFree();
  const pipe = new Pipe();
  const first = pipe.read();
  if (first?.type !== FRAME.hello) throw new Error('the platform did not say hello');
  const hello = JSON.parse(new TextDecoder().decode(pipe.payload(first.length))) as Hello;
  if (hello.protocol !== PROTOCOL_VERSION) {
    throw new Error(`the platform speaks protocol version ${hello.protocol}, this SDK ${PROTOCOL_VERSION}`);
  }
  const createAgent = await load(entry);
  const agent = check(await createAgent(contextOf(hello)));
  pipe.writeJson(FRAME.ready, {
    protocol: PROTOCOL_VERSION,
    sdk: { name: '@arena/agent', version: sdkVersion() },
    observations: 'changes',
  });
  await new Player(pipe, agent, hello).play();
}

const [entry] = process.argv.slice(2);
try {
  if (entry === undefined) throw new Error('usage: node main.js ENTRY');
  await main(entry);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
}

import { readFileSync } from 'node:fs';
import type { Agent, AgentContext, BatchAgent } from '../index.ts';
import { keepOutputFree } from './output.ts';
import { Pipe } from './pipe.ts';
import { Player, contextOf } from './player.ts';
import { FRAME, PROTOCOL_VERSION, type Hello } from './wire.ts';

function sdkVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function play(load: (context: AgentContext) => Promise<Agent | BatchAgent>): Promise<void> {
  keepOutputFree();
  const pipe = new Pipe();
  const first = pipe.read();
  if (first?.type !== FRAME.hello) throw new Error('the platform did not say hello');
  const hello = JSON.parse(new TextDecoder().decode(pipe.payload(first.length))) as Hello;
  if (hello.protocol !== PROTOCOL_VERSION) {
    throw new Error(`the platform speaks protocol version ${hello.protocol}, this SDK ${PROTOCOL_VERSION}`);
  }
  const agent = await load(contextOf(hello));
  pipe.writeJson(FRAME.ready, {
    protocol: PROTOCOL_VERSION,
    sdk: { name: '@arena/agent', version: sdkVersion() },
    observations: 'changes',
    lastObservation: typeof agent.seeLast === 'function',
  });
  await new Player(pipe, agent, hello).play();
}

/** With its stack trace, which names the participant's lines. */
const withStack = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/**
 * Plays by the wire protocol on descriptors 0 and 1, and ends the process; where something was thrown, with code 1 and what
 * `told` makes of it.
 */
export async function run(
  load: (context: AgentContext) => Promise<Agent | BatchAgent>,
  told: (error: unknown) => string = withStack,
): Promise<never> {
  try {
    await play(load);
    process.exit(0);
  } catch (error) {
    console.error(told(error));
    process.exit(1);
  }
}

/** A game thread: owns the engine and an agent's pipes, and plays a shard until its games are over; then the next. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '@arena/engine';
import { AgentBroke, AgentChannel } from './agent-channel.ts';
import { Control } from './control.ts';
import { Lockstep } from './lockstep.ts';
import type { ThreadEngine } from './game-threads.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { Watching } from './watching.ts';

/** Failed starts in a row after which an agent gets no further chance: the second one was for bad luck. */
const MOST_FAILED_STARTS = 2;

if (parentPort === null) throw new Error('thread.js runs as a worker thread of a shard');
const port = parentPort;
const engine = await Engine.load(workerData as ThreadEngine);

const send = (message: FromThread): void => {
  port.postMessage(message);
};

async function reply<T extends ToThread['type']>(type: T): Promise<Extract<ToThread, { type: T }>> {
  const [message] = (await once(port, 'message')) as [ToThread];
  if (message.type !== type) throw new Error(`expected the message ${type}, got ${message.type}`);
  return message as Extract<ToThread, { type: T }>;
}

async function play(data: ThreadData): Promise<void> {
  const control = new Control(data.control);
  const watching = new Watching(control, data.watch, (id, frame) => {
    send({ type: 'frame', id, frame });
  });
  const lockstep = new Lockstep(engine, data, control, watching, {
    started: (id, character) => {
      send({ type: 'started', id, character });
    },
    finished: (result) => {
      send({ type: 'finished', result });
    },
  });
  const goesOn = (): boolean =>
    lockstep.remaining > 0 && !control.aborted && (!control.draining || lockstep.carried > 0);
  for (let failedStarts = 0; goesOn();) {
    send({ type: 'need_agent' });
    const { stdin, stdout, ordinal } = await reply('agent');
    const channel = new AgentChannel({ stdin, stdout }, lockstep.newReader(), data.looksForAnswers);
    let ready = false;
    try {
      const sdk = lockstep.greet(channel, ordinal);
      send({ type: 'agent_ready', sdk });
      ready = true;
      failedStarts = 0;
      lockstep.play(channel, ordinal);
      send({ type: 'agent_done' });
    } catch (error) {
      if (!(error instanceof AgentBroke)) throw error;
      lockstep.pause();
      send({ type: 'agent_broke', break: error.break, answered: lockstep.answered });
      const { judgement } = await reply('judged');
      if (judgement.lost) {
        lockstep.processLost();
        continue;
      }
      if (!ready) failedStarts += 1;
      if (ready) lockstep.processEnded(judgement);
      else if (failedStarts === MOST_FAILED_STARTS) lockstep.endAll(judgement);
    } finally {
      channel.close();
    }
  }
  send({ type: 'done' });
}

for (;;) await play((await reply('play')).data);

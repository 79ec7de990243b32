/**
 * The clock thread: looks at the turns of all shards of this process and does nothing else, so that a look that comes late
 * shows a machine without a processor for it, or a process that was stopped. On the main thread the platform's own work would make looks late.
 */
import { parentPort } from 'node:worker_threads';
import type { FromClock, ToClock } from './clocks.ts';
import { Control, now } from './control.ts';
import { LOOK_MS, TurnClock } from './turn-clock.ts';

if (parentPort === null) throw new Error('clock-thread.js runs as a worker thread');
const port = parentPort;
const clocks = new Map<number, TurnClock>();
let timer: NodeJS.Timeout | null = null;

function look(): void {
  const playing = [...clocks.values()].filter((clock) => clock.hasAnswered());
  const time = now();
  for (const [id, clock] of clocks) {
    const othersPlay = playing.some((other) => other !== clock);
    const found = clock.look(time, othersPlay);
    if (found !== null) port.postMessage({ id, ...found } satisfies FromClock);
  }
}

port.on('message', (message: ToClock) => {
  if ('forget' in message) clocks.delete(message.forget);
  else clocks.set(message.id, new TurnClock(new Control(message.control), message.limits));
  if (clocks.size > 0) timer ??= setInterval(look, LOOK_MS);
  else if (clocks.size === 0 && timer !== null) {
    clearInterval(timer);
    timer = null;
  }
});

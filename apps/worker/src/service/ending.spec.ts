import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';

const ENDING = new URL('./ending.js', import.meta.url).href;

/** A process that stops as `stop` says, is sent so many signals, each after the line that answers the one before; how it ended. */
async function ended(stop: string, withinMs: number, signals: NodeJS.Signals[]) {
  const program = `
    import { endOnSignals } from ${JSON.stringify(ENDING)};
    const say = (message) => console.log(message);
    endOnSignals({ stop: () => ${stop}, log: say, error: say, withinMs: ${withinMs} });
    setInterval(() => undefined, 1000);
    say('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const over = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const signal = signals.shift();
    if (signal !== undefined) child.kill(signal);
  }
  const [code] = (await over) as [number | null];
  return { code, said: lines.slice(1) };
}

const HANGS = 'new Promise(() => undefined)';
const NEVER_MS = 600_000;

describe('a process that is told to end', () => {
  it('ends with 0 when it has stopped', async () => {
    expect(await ended('Promise.resolve()', NEVER_MS, ['SIGTERM'])).toEqual({
      code: 0,
      said: ['SIGTERM: handing shards back; once more to end at once'],
    });
  });

  it('ends within its bound though stopping hangs, and says who takes its games', async () => {
    const { code, said } = await ended(HANGS, 50, ['SIGTERM']);
    expect(code).toBe(1);
    expect(said[1]).toMatch(/^did not stop within 0.05 s and ends now; other workers take its games over/);
  });

  it('ends at once at the second signal, whichever it is', async () => {
    const { code, said } = await ended(HANGS, NEVER_MS, ['SIGTERM', 'SIGINT']);
    expect(code).toBe(130);
    expect(said).toHaveLength(1);
  });

  it('ends with 1 and says why when stopping failed', async () => {
    expect(await ended(`Promise.reject(new Error('no database'))`, NEVER_MS, ['SIGINT'])).toMatchObject({
      code: 1,
      said: [expect.any(String), 'did not stop cleanly: Error: no database'],
    });
  });
});

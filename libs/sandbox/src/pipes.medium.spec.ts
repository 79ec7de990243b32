import { closeSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { FifoMaker } from './fifos.ts';
import { PIPES, openPipes, releaseWaiting } from './pipes.ts';

it('wakes threads that read from, and write to, somebody who does neither and cannot be ended', async () => {
  const pipes = openPipes(new FifoMaker(PIPES, null).take());
  const thread = (body: string): Worker =>
    new Worker(
      `const { parentPort } = require('node:worker_threads'); const fs = require('node:fs');
      parentPort.postMessage('begun'); parentPort.postMessage(${body});`,
      { eval: true, execArgv: [] },
    );
  const reader = thread(`fs.readSync(${pipes.stdout.read}, Buffer.alloc(4096))`);
  const writer = thread(`fs.writeSync(${pipes.stdin.write}, Buffer.alloc(100_000))`);
  const ends = [reader, writer].map(async (worker) => {
    const said: unknown[] = [];
    worker.on('message', (word) => said.push(word));
    await once(worker, 'exit');
    return said;
  });
  await Promise.all([once(reader, 'message'), once(writer, 'message')]);
  // A writer that had not begun to wait finds room again only with the next call.
  const again = setInterval(() => {
    releaseWaiting({ stdin: pipes.stdin.write, stdout: pipes.stdout.read });
  }, 20);
  const [read, written] = await Promise.all(ends);
  clearInterval(again);
  expect(read).toEqual(['begun', 4096]);
  expect(written).toEqual(['begun', 100_000]);
  expect(() => writeSync(pipes.stdout.write, 'x')).not.toThrow();
  for (const { read: one, write: other } of Object.values(pipes))
    [one, other].forEach((fd) => {
      closeSync(fd);
    });
});

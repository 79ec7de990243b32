import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * Standard output belongs to the protocol: whatever prints goes to standard error. By a stream of our own: Node's would
 * make the descriptor non-blocking, with which an agent that writes to it directly loses output or fails by EAGAIN.
 */
export function keepOutputFree(): void {
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      try {
        writeAll(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  for (const name of ['stdout', 'stderr']) {
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  }
  globalThis.console = new console.Console(stream, stream);
}

/** Blocks until all is written. */
function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(2, bytes, at);
    } catch (error) {
      // Something of the agent's has made the descriptor non-blocking after all: try again in a millisecond.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** `node main.js`: serves environments on standard input and output until the input ends. Standard error is free text. */
import { readSync, writevSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { FRAME_HEADER_BYTES } from '@arena/protocol';
import { Server, type Reply } from './server.ts';

/** Payloads begin at a multiple of eight. */
const START = 8 - FRAME_HEADER_BYTES;
/** The longest request, a step of 1,024 games, has 8 kB; options and lists of actions are as small. */
const MOST_BYTES = 2 ** 20;
let buffer = new Uint8Array(64 * 1024);
const head = new Uint8Array(FRAME_HEADER_BYTES);
const headView = new DataView(head.buffer);

/** False when the input ended. */
function fill(at: number, length: number): boolean {
  for (let have = 0; have < length;) {
    const n = readSync(0, buffer, at + have, length - have, null);
    if (n === 0) return false;
    have += n;
  }
  return true;
}

function skip(length: number): boolean {
  for (let left = length; left > 0;) {
    const piece = Math.min(left, buffer.length);
    if (!fill(0, piece)) return false;
    left -= piece;
  }
  return true;
}

function send({ type, parts }: Reply): void {
  headView.setUint32(
    0,
    parts.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  head[4] = type;
  let left: Uint8Array[] = [head, ...parts];
  while (left.length > 0) {
    let written = writevSync(1, left);
    left = left.flatMap((part) => {
      const taken = Math.min(written, part.length);
      written -= taken;
      return taken === part.length ? [] : [part.subarray(taken)];
    });
  }
}

const server = new Server(await Engine.load(), (line) => {
  process.stderr.write(`${line}\n`);
});
try {
  send(server.hello());
  while (fill(START, FRAME_HEADER_BYTES)) {
    const view = new DataView(buffer.buffer);
    const length = view.getUint32(START, true);
    const type = view.getUint8(START + 4);
    if (length > MOST_BYTES) {
      // Read away piece by piece, so that the next request is found where it begins.
      if (!skip(length)) break;
      send(server.tooLong(length, MOST_BYTES));
      continue;
    }
    if (8 + length > buffer.length) buffer = new Uint8Array(8 + length);
    if (!fill(8, length)) break;
    send(server.answer(type, buffer.subarray(8, 8 + length)));
  }
} catch (error) {
  // The client is gone: there is nobody to tell, and nothing to keep.
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
}

/**
 * The self-test's agent in WebAssembly, assembled here since a worker has no compiler: it says ready, looks whether there is a
 * map, and searches. Memory: READY and ACT are the two frames it sends; it reads a frame's header to HEADER and its payload
 * to PAYLOAD.
 */
import { FRAME, RECORD_HEADER_BYTES, encodeAct, encodeReady } from '@arena/protocol';
import { OBSERVE_HEADER_BYTES, FRAME_HEADER_BYTES, PROTOCOL_VERSION } from '@arena/protocol';

const SEARCH = 115;
const READY = 0;
const ACT = 512;
/** Pointer and length of what is read or written, and how much of it was. */
const PIECE = 600;
const DONE = 608;
const HEADER = 1024 - FRAME_HEADER_BYTES;
const PAYLOAD = 1024;

const I32 = 0x7f;
const NOTHING = 0x40;

/** LEB128, signed as operands of i32.const are; small unsigned numbers look the same but for one bit that is kept free. */
function number(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    if (rest >> 6 === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
const count = (items: number): number[] => {
  if (items < 128) return [items];
  return [(items & 0x7f) | 0x80, ...count(items >> 7)];
};
const list = (items: readonly (readonly number[])[]): number[] => [...count(items.length), ...items.flat()];
const sized = (bytes: readonly number[]): number[] => [...count(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
const name = (text: string): number[] => sized([...Buffer.from(text)]);

const value = (n: number): number[] => [0x41, ...number(n)];
const local = (i: number): number[] => [0x20, i];
const setLocal = (i: number): number[] => [0x21, i];
const call = (i: number): number[] => [0x10, i];
const load = [0x28, 0, 0];
const loadByte = [0x2d, 0, 0];
const loadHalf = [0x2f, 0, 0];
const store = [0x36, 0, 0];
const add = [0x6a];
const subtract = [0x6b];
const isEqual = [0x46];
const isZero = [0x45];
const done = [0x0f];
const trap = [0x00];
const when = (...body: number[][]): number[] => [0x04, NOTHING, ...body.flat(), 0x0b];
const loop = (...body: number[][]): number[] => [0x03, NOTHING, ...body.flat(), 0x0c, 0, 0x0b];
const code = (...body: number[][]): number[] => sized([0, ...body.flat(), 0x0b]);

const FD_READ = 0;
const FD_WRITE = 1;
const READ = 2;
const WRITE = 3;
const START = 4;

/** Standard input or output, with the two parameters as the piece. */
const transfer = (how: number, stream: number): number[] =>
  [
    [...value(PIECE), ...local(0), ...store, ...value(PIECE + 4), ...local(1), ...store],
    [...value(stream), ...value(PIECE), ...value(1), ...value(DONE), ...call(how)],
    when(trap),
  ].flat();

const readAll = code(
  loop(
    [...local(1), ...isZero],
    when(done),
    transfer(FD_READ, 0),
    [...value(DONE), ...load, ...isZero],
    when(trap),
    [...local(0), ...value(DONE), ...load, ...add, ...setLocal(0)],
    [...local(1), ...value(DONE), ...load, ...subtract, ...setLocal(1)],
  ),
);
const writeAll = code(transfer(FD_WRITE, 1));

const readFrame = [
  [...value(HEADER), ...value(FRAME_HEADER_BYTES), ...call(READ)],
  [...value(PAYLOAD), ...value(HEADER), ...load, ...call(READ)],
].flat();
const typeIs = (type: number): number[] => [...value(HEADER + 4), ...loadByte, ...value(type), ...isEqual];

const ready = encodeReady({ protocol: PROTOCOL_VERSION, sdk: { name: 'self-test', version: '1' } });
const act = encodeAct(0, [{ slot: 0, key: SEARCH }]);

const start = code(
  readFrame,
  [...value(READY), ...value(ready.length), ...call(WRITE)],
  loop(
    readFrame,
    typeIs(FRAME.stop),
    when(done),
    typeIs(FRAME.observe),
    when(
      // The map's first glyph: none is 0 while a game is in play.
      [...value(PAYLOAD + OBSERVE_HEADER_BYTES + RECORD_HEADER_BYTES), ...loadHalf, ...isZero],
      when(trap),
      [...value(ACT + FRAME_HEADER_BYTES), ...value(PAYLOAD), ...load, ...store],
      [...value(ACT), ...value(act.length), ...call(WRITE)],
    ),
  ),
);

const functionType = (parameters: number, results: number): number[] => [
  0x60,
  ...list(Array.from({ length: parameters }, () => [I32])),
  ...list(Array.from({ length: results }, () => [I32])),
];
const imported = (what: string): number[] => [...name('wasi_snapshot_preview1'), ...name(what), 0, 0];
const data = (at: number, bytes: Uint8Array): number[] => [0, ...value(at), 0x0b, ...sized([...bytes])];

/** The module, ready to be written to a file. */
export const SEARCHER = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, list([functionType(4, 1), functionType(2, 0), functionType(0, 0)])),
  ...section(2, list([imported('fd_read'), imported('fd_write')])),
  ...section(3, list([[1], [1], [2]])),
  ...section(5, list([[0, 2]])),
  ...section(
    7,
    list([
      [...name('memory'), 2, 0],
      [...name('_start'), 0, START],
    ]),
  ),
  ...section(10, list([readAll, writeAll, start])),
  ...section(11, list([data(READY, ready), data(ACT, act)])),
]);

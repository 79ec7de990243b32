/**
 * A client of the arena's protocol for AssemblyScript; docs/AGENTS.md describes the protocol byte by byte.
 *
 * ```ts
 * import { Game, hello, play } from './arena';
 * const glyphs = hello().offset('glyphs');
 * play('my-agent', '1.0.0', (game: Game): i32 => (game.get<i16>(glyphs, 0) == 2359 ? 115 : 106));
 * ```
 */

@external('wasi_snapshot_preview1', 'fd_read')
declare function fd_read(fd: i32, pieces: usize, count: i32, done: usize): i32;
@external('wasi_snapshot_preview1', 'fd_write')
declare function fd_write(fd: i32, pieces: usize, count: i32, done: usize): i32;
@external('wasi_snapshot_preview1', 'proc_exit')
declare function proc_exit(code: i32): void;

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const BLOCK_BYTES = 64;

enum Frame {
  hello = 1,
  stop = 4,
  changes = 5,
  last = 6,
  ready = 129,
  act = 130,
}

/** Pointer, length, and how much was done. */
const piece = memory.data(12, 4);

function transfer(read: bool, fd: i32, at: usize, bytes: usize): void {
  while (bytes > 0) {
    store<usize>(piece, at);
    store<usize>(piece, bytes, 4);
    const code = read ? fd_read(fd, piece, 1, piece + 8) : fd_write(fd, piece, 1, piece + 8);
    const done = load<usize>(piece, 8);
    // The platform is gone.
    if (code != 0 || done == 0) proc_exit(1);
    at += done;
    bytes -= done;
  }
}

/** Writes a line to standard error, whose last 16 KiB are shown with a failure. */
export function log(text: string): void {
  const bytes = String.UTF8.encode(text + '\n');
  transfer(false, STDERR, changetype<usize>(bytes), bytes.byteLength);
}

/** What AssemblyScript calls when the program fails: `--use abort=arena/abort` has it here. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  log(`${message ? message : 'aborted'} at ${file ? file : '?'}:${line}:${column}`);
  proc_exit(1);
}

/** The payload of the frame that was read last, at a multiple of eight. */
let buffer = new ArrayBuffer(64 * 1024);

function readFrame(): Frame {
  transfer(true, STDIN, piece, 4);
  const bytes = load<u32>(piece);
  transfer(true, STDIN, piece, 1);
  const type = load<u8>(piece);
  if (<u32>buffer.byteLength < bytes) buffer = new ArrayBuffer(bytes);
  transfer(true, STDIN, changetype<usize>(buffer), bytes);
  payloadBytes = bytes;
  return <Frame>type;
}
let payloadBytes: u32 = 0;

function writeFrame(type: Frame, payload: ArrayBuffer, bytes: i32): void {
  const frame = new ArrayBuffer(5 + bytes);
  const at = changetype<usize>(frame);
  store<u32>(at, bytes);
  store<u8>(at, <u8>type, 4);
  memory.copy(at + 5, changetype<usize>(payload), bytes);
  transfer(false, STDOUT, at, 5 + bytes);
}

/** What the platform said first. */
export class Hello {
  /** All of it, as JSON. */
  readonly text: string;
  readonly gamesAtOnce: i32;
  readonly stride: i32;

  constructor(text: string) {
    this.text = text;
    this.gamesAtOnce = this.number('gamesAtOnce', 0);
    this.stride = this.number('strideBytes', 0);
  }

  /** Where a field lies in a record. Ends the program if arena.json did not ask for it. */
  offset(field: string): i32 {
    const fields = this.text.indexOf('"fields":');
    const at = this.text.indexOf(`"name":"${field}"`, fields);
    if (at < 0) throw new Error(`the field ${field} was not asked for; add it to "fields" in arena.json`);
    return this.number('offset', at);
  }

  /** The key of an action by its set and name, e.g. `key('MiscAction', 'MORE')`. Ends the program if there is none. */
  key(set: string, name: string): i32 {
    const at = this.text.indexOf(`"set":"${set}","name":"${name}"`);
    if (at < 0) throw new Error(`there is no action ${set}.${name}`);
    return this.number('key', at);
  }

  /** The number behind a key, at or after a place in the text. */
  number(key: string, from: i32): i32 {
    const wanted = `"${key}":`;
    const at = this.text.indexOf(wanted, from);
    if (at < 0) throw new Error(`hello has no ${key}`);
    const begin = at + wanted.length;
    let end = begin;
    while (end < this.text.length && this.text.charCodeAt(end) <= 57 && this.text.charCodeAt(end) >= 48) end++;
    return I32.parseInt(this.text.substring(begin, end));
  }
}

/** One game at a question: its record in the image, which the next question changes. */
export class Game {
  /** Where its record begins in memory. */
  at: usize = 0;

  get slot(): i32 {
    return load<u16>(this.at);
  }
  /** True at the first question of a game. */
  get newGame(): bool {
    return (load<u16>(this.at, 2) & 1) != 0;
  }
  /** Keys answered in this game. */
  get step(): u32 {
    return load<u32>(this.at, 8);
  }
  /** For this game's random numbers: the same each time it is played. */
  get seed(): u32 {
    return load<u32>(this.at, 12);
  }
  get score(): i32 {
    return load<i32>(this.at, 16);
  }
  /** The i-th number of the field at `offset` ({@link Hello.offset}), of the field's type T. */
  get<T>(offset: i32, i: i32): T {
    return load<T>(this.at + offset + i * sizeof<T>());
  }
}

/** Reads the platform's hello: to be called once, first. */
export function hello(): Hello {
  if (readFrame() != Frame.hello) throw new Error('the first frame was no hello');
  const told = new Hello(String.UTF8.decodeUnsafe(changetype<usize>(buffer), payloadBytes));
  greeted = told;
  return told;
}
let greeted: Hello | null = null;

const padded = (bytes: u32): u32 => (bytes + 7) & ~7;

/**
 * Plays until the platform says stop: `act` gives the key to press ({@link Hello.key}). `last`, where given, is shown what the key that
 * ended a game led to: NetHack's last screen, where the game ended by itself.
 */
export function play(
  name: string,
  version: string,
  act: (game: Game) => i32,
  last: ((game: Game) => void) | null = null,
): void {
  const told = greeted;
  if (told == null) throw new Error('call hello() before play()');
  const image = new ArrayBuffer(told.gamesAtOnce * told.stride);
  const ready = String.UTF8.encode(
    `{"protocol":1,"sdk":{"name":"${name}","version":"${version}"},"observations":"changes","lastObservation":${last ? 'true' : 'false'}}`,
  );
  writeFrame(Frame.ready, ready, ready.byteLength);
  const answer = new ArrayBuffer(4 + 3 * told.gamesAtOnce);
  const game = new Game();
  for (;;) {
    const type = readFrame();
    if (type == Frame.stop) return;
    if (type != Frame.changes && type != Frame.last) continue;
    const question = changetype<usize>(buffer);
    const records = load<u16>(question, 4);
    const blocks = load<u32>(question, 8);
    const slots = question + 16;
    const numbers = slots + padded(2 * records);
    const content = numbers + padded(4 * blocks);
    for (let i: u32 = 0; i < blocks; i++) {
      const block = load<u32>(numbers + 4 * i);
      memory.copy(changetype<usize>(image) + BLOCK_BYTES * block, content + BLOCK_BYTES * i, BLOCK_BYTES);
    }
    if (type == Frame.last) {
      game.at = changetype<usize>(image) + load<u16>(slots) * told.stride;
      if (last) last(game);
      continue;
    }
    store<u32>(changetype<usize>(answer), load<u32>(question));
    for (let i: u32 = 0; i < records; i++) {
      const slot = load<u16>(slots + 2 * i);
      game.at = changetype<usize>(image) + slot * told.stride;
      const entry = changetype<usize>(answer) + 4 + 3 * i;
      store<u16>(entry, slot);
      store<u8>(entry, <u8>act(game), 2);
    }
    writeFrame(Frame.act, answer, 4 + 3 * records);
  }
}

/**
 * Wire protocol between platform (host) and agent, version 1. docs/AGENTS.md describes it byte by byte; this file
 * and messages.ts, for what of it is JSON, are its one definition in code. Everything is little endian.
 *
 * A frame: u32 length of the payload, u8 type, payload. Five bytes of header, so that a client that reads a
 * frame to offset 3 of its buffer finds the payload at a multiple of eight.
 */
import type { FieldLayout, GameOverNotice, Hello, Ready } from './messages.ts';

export const PROTOCOL_VERSION = 1;

/** Bytes before each payload. */
export const FRAME_HEADER_BYTES = 5;

/** host → agent below 128, agent → host from 128 on. */
export const FRAME = {
  hello: 1,
  observe: 2,
  gameOver: 3,
  stop: 4,
  changes: 5,
  last: 6,
  ready: 129,
  act: 130,
} as const;

/** observe: u32 ticket, u16 number of records, u16 zero; then the records. */
export const OBSERVE_HEADER_BYTES = 8;
/** A record: u16 slot, u16 flags, u32 episode, u32 step, u32 seed, i32 score, u32 zero; then the fields. */
export const RECORD_HEADER_BYTES = 24;
/** Bit of a record's flags: the first observation of a game. */
export const FLAG_NEW_GAME = 1;
/** Records and fields begin at multiples of this, so that clients can lay typed views over them. */
export const ALIGNMENT = 8;

/** changes: u32 ticket, u16 number of records, u16 zero, u32 number of blocks, u32 zero; then slots, block numbers, blocks. */
export const CHANGES_HEADER_BYTES = 16;
/**
 * What is compared and sent as one. With 64 bytes a step's changes are some 1 kB; with 32 a fifth less in twice as many pieces,
 * and the pieces are what costs.
 */
export const BLOCK_BYTES = 64;

/** act: u32 ticket, then for each record of the question u16 slot, u8 key; then, if a key is 0, what came instead, a line each. */
export const ACT_HEADER_BYTES = 4;
export const ACT_ENTRY_BYTES = 3;

/** The key that stands for an answer that was no action: that game is over. No action has it. */
export const NO_KEY = 0;
/**
 * Text behind the entries, in UTF-8: what the agent answered where the key is {@link NO_KEY}, a line for each such entry;
 * the last line speaks for those that follow. Room for 32 bytes on each of 64 games.
 */
export const MAX_EXPLANATION_BYTES = 2048;

/** gameOver: u16 slot, u16 zero, u32 episode, then JSON. */
export const GAME_OVER_HEADER_BYTES = 8;

/** The JSON of a ready frame is a name and a version; 1 KiB is plenty. */
export const MAX_READY_BYTES = 1024;

export interface RecordLayout {
  /** Bytes of one record, its header and padding included. */
  recordBytes: number;
  fields: FieldLayout[];
}

/** `bytes` rounded up to a multiple of `unit`. */
export function padded(bytes: number, unit: number): number {
  return Math.ceil(bytes / unit) * unit;
}

/** Where each wished field lies in a record, in the order given. */
export function layOut(fields: readonly Omit<FieldLayout, 'offset'>[]): RecordLayout {
  let offset = RECORD_HEADER_BYTES;
  const placed = fields.map(({ name, dtype, shape, bytes }) => {
    const field = { name, dtype, shape: [...shape], bytes, offset };
    offset = padded(offset + bytes, ALIGNMENT);
    return field;
  });
  return { recordBytes: offset, fields: placed };
}

/** A whole frame. */
export function encodeFrameOf(type: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  new DataView(bytes.buffer).setUint32(0, payload.length, true);
  bytes[4] = type;
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

const utf8 = new TextEncoder();

export function encodeHello(hello: Hello): Uint8Array {
  return encodeFrameOf(FRAME.hello, utf8.encode(JSON.stringify(hello)));
}

export function encodeGameOver(slot: number, episode: number, notice: GameOverNotice): Uint8Array {
  const json = utf8.encode(JSON.stringify(notice));
  const payload = new Uint8Array(GAME_OVER_HEADER_BYTES + json.length);
  const view = new DataView(payload.buffer);
  view.setUint16(0, slot, true);
  view.setUint32(4, episode, true);
  payload.set(json, GAME_OVER_HEADER_BYTES);
  return encodeFrameOf(FRAME.gameOver, payload);
}

export function encodeStop(): Uint8Array {
  return encodeFrameOf(FRAME.stop, new Uint8Array(0));
}

/** What an agent sends once it can play; for clients in TypeScript and for tests. */
export function encodeReady(ready: Ready): Uint8Array {
  return encodeFrameOf(FRAME.ready, utf8.encode(JSON.stringify(ready)));
}

/** An answer to the question `ticket`: one key for each slot, in the question's order; `explanation` for those without, a line each. */
export function encodeAct(
  ticket: number,
  answers: readonly { slot: number; key: number }[],
  explanation = '',
): Uint8Array {
  const text = utf8.encode(explanation);
  const entries = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * answers.length;
  const payload = new Uint8Array(entries + text.length);
  payload.set(text, entries);
  const view = new DataView(payload.buffer);
  view.setUint32(0, ticket, true);
  answers.forEach(({ slot, key }, i) => {
    view.setUint16(ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i, slot, true);
    payload[ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i + 2] = key;
  });
  return encodeFrameOf(FRAME.act, payload);
}

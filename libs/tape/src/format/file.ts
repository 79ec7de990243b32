import { sha256 } from '@noble/hashes/sha2.js';
import { TapeError } from '../errors.ts';
import { type Tape, type TapeEnd, checkpointCount } from '../tape.ts';
import { checkTape } from './check.ts';
import { Cursor, Sheet } from './cursor.ts';
import { deflate, inflate } from './deflate.ts';
import { readHead, writeHead } from './head.ts';
import { END, LIMITS, SHA256_BYTES } from './layout.ts';

function endCode(end: TapeEnd): number {
  return end.kind === 'ended' ? end.how : END[end.kind];
}

function readEnd(code: number, xlogfile: string): TapeEnd {
  if (code !== END.open && code !== END.fault)
    return { kind: 'ended', how: code, xlogfile: xlogfile === '' ? null : xlogfile };
  if (xlogfile !== '')
    throw new TapeError(
      'bad_tape',
      'this is no sound tape: it has an xlogfile record of a game that has not ended',
    );
  return { kind: code === END.open ? 'open' : 'fault' };
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new TapeError('bad_tape', `this is no sound tape: its score is ${value}`);
  return number;
}

/** A tape as the bytes of a file. Rejects with TapeError `bad_tape` or `too_large` for one that no file can hold. */
export async function encodeTape(tape: Tape): Promise<Uint8Array<ArrayBuffer>> {
  checkTape(tape);
  const { keys, end, figures, checkpoints } = tape;
  const packed = await deflate(keys);
  const xlogfile = end.kind === 'ended' ? (end.xlogfile ?? '') : '';
  const sheet = new Sheet()
    .bytes(writeHead(tape))
    .u32(keys.length)
    .u32(packed.length)
    .bytes(packed)
    .u8(endCode(end))
    .i64(BigInt(figures.score))
    .u32(figures.turns)
    .u32(figures.deepestLevel)
    .u16(xlogfile.length)
    .latin1(xlogfile);
  for (const digest of checkpoints) sheet.bytes(digest);
  sheet.bytes(sha256(sheet.written));
  return sheet.written.slice();
}

/**
 * Reads a tape's file, whoever wrote it: nothing is taken on trust, no length makes it use memory that the file does
 * not stand for. Rejects with TapeError.
 */
export async function decodeTape(bytes: Uint8Array): Promise<Tape> {
  if (bytes.length > LIMITS.file)
    throw new TapeError('too_large', `the file has ${bytes.length} bytes; a tape has at most ${LIMITS.file}`);
  const cursor = new Cursor(bytes);
  const head = readHead(cursor);
  const length = cursor.u32();
  const packed = cursor.bytes(cursor.u32());
  const code = cursor.u8();
  const score = cursor.i64();
  const turns = cursor.u32();
  const deepestLevel = cursor.u32();
  const xlogfile = cursor.latin1(cursor.u16());
  if (head.every === 0)
    throw new TapeError('bad_tape', 'this is no sound tape: it has a checkpoint every 0 keys');
  const digests = cursor.bytes(checkpointCount(length, head.every) * SHA256_BYTES);
  const covered = bytes.subarray(0, cursor.at);
  checkSum(covered, cursor.bytes(SHA256_BYTES));
  if (cursor.at !== bytes.length) {
    throw new TapeError(
      'damaged',
      `the tape is damaged: ${bytes.length - cursor.at} bytes follow its end. Was something appended?`,
    );
  }
  const tape: Tape = {
    ...head,
    keys: await inflate(packed, length),
    end: readEnd(code, xlogfile),
    figures: { score: safeNumber(score), turns, deepestLevel },
    checkpoints: Array.from({ length: digests.length / SHA256_BYTES }, (_, i) =>
      digests.subarray(i * SHA256_BYTES, (i + 1) * SHA256_BYTES),
    ),
  };
  checkTape(tape);
  return tape;
}

function checkSum(covered: Uint8Array, written: Uint8Array): void {
  const found = sha256(covered);
  if (found.some((byte, i) => byte !== written[i])) {
    throw new TapeError(
      'damaged',
      'the tape is damaged: its bytes are not those that were written (checksum). Get the file again',
    );
  }
}

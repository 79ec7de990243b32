import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { EngineError } from '@arena/engine';
import { TapeError, decodeTape, encodeTape, readTtyrec3, type Tape } from '@arena/tape';
import type { Chance } from './chance.ts';
import { ownMemoryMiB, type Kind, type Taker } from './kind.ts';

const TAPE: Tape = {
  engineId: '0123456789abcdef'.repeat(4),
  settings: {
    seeds: { core: 7n, disp: 5n, reseed: false },
    character: '@',
    debug: false,
    options: 'name:Agent-@',
    spawnMonsters: true,
    screenDescriptions: true,
    clock: 1_623_758_400,
    fuel: 2_000_000_000,
  },
  keys: Uint8Array.from({ length: 40 }, (_, i) => 104 + (i % 5)),
  end: { kind: 'ended', how: 0, xlogfile: 'version=3.6.6\tpoints=12\tdeath=killed by a newt' },
  figures: { score: -3, turns: 900, deepestLevel: 4 },
  every: 1000,
  fields: ['glyphs', 'blstats'],
  checkpoints: [1].map((byte) => new Uint8Array(32).fill(byte)),
};
/** Where TAPE's file has the number of its keys: 88 bytes of head, 1 letter of character, 12 of options. */
const KEYS_AT = 101 - 1;

/** Bytes with a checksum that fits them, as somebody who knows the format sends them. */
function sealed(body: Buffer): Buffer {
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

function changedTape(chance: Chance, file: Buffer): Buffer {
  const body = file.subarray(0, -32);
  switch (chance.below(5)) {
    case 0:
      return chance.mutated(file);
    case 1:
    case 2:
      return sealed(chance.mutated(body));
    case 3: {
      // Counts that promise gigabytes, and keys that unpack to more than they say.
      const packed = deflateRawSync(Buffer.alloc(chance.pick([0, 40, 41, 5_000, 2_000_000])), { level: 1 });
      const head = Buffer.from(body.subarray(0, KEYS_AT + 8));
      head.writeUInt32LE(chance.pick([0, 40, 41, 0xffff_ffff, 2 ** 24, 2 ** 24 + 1]), KEYS_AT);
      head.writeUInt32LE(chance.once(4) ? chance.next() : packed.length, KEYS_AT + 4);
      const rest = body.subarray(KEYS_AT + 8 + body.readUInt32LE(KEYS_AT + 4));
      return sealed(Buffer.concat([head, packed, rest]));
    }
    default: {
      const head = Buffer.from(body);
      head.writeUInt32LE(chance.next(), chance.below(KEYS_AT));
      return sealed(head);
    }
  }
}

function taker(make: (chance: Chance) => Buffer, read: (input: Uint8Array) => Promise<unknown>): Taker {
  return {
    make,
    feed: async (input) => {
      try {
        await read(input);
        return 'read';
      } catch (error) {
        if (error instanceof TapeError) return error.code;
        if (error instanceof EngineError) return `engine: ${error.code}`;
        throw error;
      }
    },
    memoryMiB: ownMemoryMiB,
    fault: () => null,
    close: () => Promise.resolve(),
  };
}

export const tapes: Kind = {
  name: 'tapes',
  concurrency: 1,
  warmAfter: 200,
  open: async () => {
    const file = Buffer.from(await encodeTape(TAPE));
    return taker((chance) => changedTape(chance, file), decodeTape);
  },
};

function frame(chance: Chance): Buffer {
  const channel = chance.pick([0, 0, 1, 1, 2, 2, 3, 255]);
  const payload = chance.bytes(channel === 2 && !chance.once(4) ? 4 : chance.pick([0, 1, 1, 3, 40, 300]));
  const header = Buffer.alloc(13);
  header.writeInt32LE(chance.once(10) ? chance.next() | 0 : 1_623_758_400, 0);
  header.writeInt32LE(chance.once(10) ? chance.next() | 0 : chance.below(1_000_000), 4);
  header.writeInt32LE(
    chance.once(8) ? chance.pick([-1, 2 ** 31 - 1, 2 ** 20, 2 ** 20 + 1, chance.next() | 0]) : payload.length,
    8,
  );
  header.writeUInt8(channel, 12);
  return Buffer.concat([header, payload]);
}

function recording(chance: Chance): Buffer {
  const whole = Buffer.concat(Array.from({ length: chance.below(20) }, () => frame(chance)));
  return chance.once(3) ? chance.mutated(whole) : whole;
}

async function* pieces(input: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < input.length; at += 97) yield await Promise.resolve(input.subarray(at, at + 97));
}

export const ttyrecs: Kind = {
  name: 'ttyrecs',
  concurrency: 1,
  warmAfter: 200,
  open: () => Promise.resolve(taker(recording, (input) => readTtyrec3(pieces(input)))),
};

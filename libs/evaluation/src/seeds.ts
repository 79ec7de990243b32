import { createCipheriv, createHmac } from 'node:crypto';

/** 62 bits, as NLE's seeds have at most: they fit PostgreSQL's bigint and every engine of the line. */
const SEED_BITS = 62n;

export interface GameSeeds {
  core: bigint;
  disp: bigint;
}

function digest(key: Uint8Array, ...label: (string | number)[]): Buffer {
  return createHmac('sha256', key).update(label.join('/')).digest();
}

/**
 * The seeds of game `index` of an evaluation: HMAC-SHA256 of the index under the evaluation's root, cut to 62
 * bits each. Nobody who does not know the root (32 random bytes) can tell one game's seeds from another's.
 */
export function gameSeeds(seedRoot: Uint8Array, index: number): GameSeeds {
  if (seedRoot.length < 16) throw new RangeError(`a seed root has at least 16 bytes, got ${seedRoot.length}`);
  if (!Number.isSafeInteger(index) || index < 0)
    throw new RangeError(`a game's index is 0 or more, got ${index}`);
  const bytes = digest(seedRoot, 'game', index);
  return {
    core: BigInt.asUintN(Number(SEED_BITS), bytes.readBigUInt64LE(0)),
    disp: BigInt.asUintN(Number(SEED_BITS), bytes.readBigUInt64LE(8)),
  };
}

/** A game's seeds as a key: what is derived with it tells nothing about them. */
function keyOf({ core, disp }: GameSeeds): Buffer {
  const key = Buffer.alloc(16);
  key.writeBigUInt64LE(BigInt.asUintN(64, core), 0);
  key.writeBigUInt64LE(BigInt.asUintN(64, disp), 8);
  return key;
}

/** 32 bits for the agent's own random numbers in this game: the same whatever is played beside it. */
export function agentGameSeed(seeds: GameSeeds): number {
  return digest(keyOf(seeds), 'agent').readUInt32LE(0);
}

/** 32 bits for an agent's process, from the first game of its shard and how many processes there were before. */
export function agentProcessSeed(firstGame: GameSeeds, ordinal: number): number {
  return digest(keyOf(firstGame), 'process', ordinal).readUInt32LE(0);
}

/** Tickets at a time; one cipher call makes them. */
const TICKETS = 1024;

/**
 * Numbers that questions carry and answers must repeat: an agent cannot know the next one, so an answer cannot come
 * before its question. From the seeds, not from the clock, so that an agent which looks at them still plays the
 * same game again.
 */
export class Tickets {
  readonly #cipher;
  #block = Buffer.alloc(0);
  #at = 0;

  constructor(firstGame: GameSeeds, ordinal: number) {
    this.#cipher = createCipheriv(
      'aes-256-ctr',
      digest(keyOf(firstGame), 'tickets', ordinal),
      Buffer.alloc(16),
    );
  }

  next(): number {
    if (this.#at === this.#block.length) {
      this.#block = this.#cipher.update(Buffer.alloc(4 * TICKETS));
      this.#at = 0;
    }
    this.#at += 4;
    return this.#block.readUInt32LE(this.#at - 4);
  }
}

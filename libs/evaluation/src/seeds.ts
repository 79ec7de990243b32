import { createCipheriv, createHmac } from 'node:crypto';
import type { GameSeeds } from '@arena/scoring';

function digest(key: Uint8Array, ...label: (string | number)[]): Buffer {
  return createHmac('sha256', key).update(label.join('/')).digest();
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

/** That no seed of a game leaves the platform while it is played, in whatever frame and however it is written. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Shard, createAgentHost, type AgentHost, type GameSpecification } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { evaluationSeedRoot, gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';

const SEARCHER = fileURLToPath(new URL('../../agents/seed-searcher', import.meta.url));
const MASTER = Buffer.alloc(32, 0xa7);
const ROOT = evaluationSeedRoot(MASTER, 1);
const GAMES = 3;
const HELLO = 1;
const OBSERVE = 2;
const GAME_OVER = 3;
const CHANGES = 5;

const seedsOf = (game: number): Record<'core' | 'disp' | 'lgen', bigint> => ({
  ...gameSeeds(ROOT, game),
  lgen: gameSeeds(ROOT, game + 100).core,
});

/** The ways in which 64 bits are written. */
function encodings(seed: bigint): [string, Buffer][] {
  const little = Buffer.alloc(8);
  little.writeBigUInt64LE(seed);
  const big = Buffer.from(little).reverse();
  const hex = big.toString('hex');
  const texts: [string, string][] = [
    ['decimal', seed.toString()],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ['hex of bytes', little.toString('hex')],
    ['octal', seed.toString(8)],
    ['base 36', seed.toString(36)],
    // as a part of longer text it may begin at any of three places; without what its neighbours decide
    ...[0, 1, 2].flatMap((before): [string, string][] =>
      [little, big].map((bytes, i) => [
        `base64 ${i} at ${before}`,
        Buffer.concat([Buffer.alloc(before), bytes])
          .toString('base64')
          .slice(before === 0 ? 0 : before + 1, 10),
      ]),
    ),
  ];
  return [
    ['little endian', little],
    ['big endian', big],
    ...[0, 4].flatMap((at): [string, Buffer][] => [
      [`little endian half ${at}`, little.subarray(at, at + 4)],
      [`big endian half ${at}`, big.subarray(at, at + 4)],
    ]),
    ...texts.flatMap(([name, text]): [string, Buffer][] => [
      [name, Buffer.from(text)],
      [`${name} in UTF-16`, Buffer.from(text, 'utf16le')],
    ]),
  ];
}

const piece = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length]), bytes]);

/** What is searched for, by name. */
function patterns(changes: boolean, more: [string, Buffer][]): Buffer {
  const seeds = Array.from({ length: GAMES }, (_, game) =>
    Object.entries(seedsOf(game)).flatMap(([which, seed]) =>
      encodings(seed).map(([how, bytes]): [string, Buffer] => [`SEED ${which} ${game} ${how}`, bytes]),
    ),
  ).flat();
  const roots: [string, Buffer][] = [MASTER, ROOT].flatMap((root, i): [string, Buffer][] => [
    [`SEED root ${i}`, root],
    [`SEED root ${i} hex`, Buffer.from(root.toString('hex'))],
  ]);
  return Buffer.concat([
    Buffer.from([Number(changes)]),
    ...[...seeds, ...roots, ...more].flatMap(([name, bytes]) => [piece(Buffer.from(name)), piece(bytes)]),
  ]);
}

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_944_000, count: 16 } });
});
afterAll(() => {
  host.stage.dispose();
  dropBuilt();
});

async function search(changes: boolean): Promise<string[]> {
  const folder = builtAgent(SEARCHER);
  const { core } = seedsOf(0);
  // What is sent, so that what is not found was searched for: one for each type of frame.
  const sent: [string, Buffer][] = [
    ['the platform', Buffer.from('"platform":"nethack-arena"')],
    ['the hero', Buffer.from('Agent the ')],
    ['the end', Buffer.from('"reason":"step_limit"')],
  ];
  writeFileSync(join(folder, 'patterns.bin'), patterns(changes, sent));
  expect(encodings(core).length).toBeGreaterThan(25);
  const { log } = await new Shard({
    host,
    agentFolder: folder,
    manifest: parseManifest(readFileSync(join(folder, 'arena.json'))),
    games: Array.from({ length: GAMES }, (_, i): GameSpecification => {
      const seeds = { ...seedsOf(i), reseed: false };
      const rest = { character: 'val-hum-neu-fem', options: '', clock: 1_623_758_400 };
      // from its start: the only way for an evaluation to set the levels' seed, too
      return {
        id: `game ${i}`,
        seeds,
        ...rest,
        from: { settings: { seeds, character: rest.character }, keys: new Uint8Array() },
      };
    }),
    limits: {
      ...{ maxSteps: 200, noProgressSteps: 10_000, stepTimeoutMs: 20_000, timeBankMs: 60_000 },
      ...{ startTimeoutMs: 20_000, memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
    },
  }).run();
  return log.trimEnd().split('\n').sort();
}

describe('no seed is in what an agent is sent', () => {
  it.each([
    ['whole', OBSERVE],
    ['as changes', CHANGES],
  ] as const)('with observations %s', async (_form, type) => {
    expect(await search(type === CHANGES)).toEqual([
      `found the end in a frame of type ${GAME_OVER}`,
      `found the hero in a frame of type ${type}`,
      `found the platform in a frame of type ${HELLO}`,
    ]);
  });
});

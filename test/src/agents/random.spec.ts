/** The baseline random in every runtime, by `arena play` as participants call it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUNTIMES } from '@arena/protocol';
import { decodeTape } from '@arena/tape';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';
import { arena } from '../kit/terminal.ts';

const RANDOM = fileURLToPath(new URL('../../../agents/baselines/random', import.meta.url));
const { actions } = JSON.parse(
  readFileSync(new URL('../../engine/interface.json', import.meta.url), 'utf8'),
) as { actions: { key: number }[] };
const GAMES = 8;
const STEPS = 1500;
/** Of 121 keys one is further from its share than this, in standard deviations, once in 3,000 tries of chance. */
const FAR = 5;

/** The folders by the runtimes that they are for; two are wasm's. */
const folders = [
  RANDOM,
  ...readdirSync(RANDOM)
    .map((name) => join(RANDOM, name))
    .filter((folder) => existsSync(join(folder, 'arena.json'))),
].map((folder) => {
  const about = JSON.parse(readFileSync(join(folder, 'arena.json'), 'utf8')) as {
    name: string;
    runtime: string;
  };
  return { folder, ...about };
});

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'arena-random-'));
});
afterAll(async () => {
  dropBuilt();
  await rm(place, { recursive: true });
});

describe('the baseline random', () => {
  it('is there for every runtime, and wasm has two languages', () => {
    expect(folders.map(({ runtime }) => runtime).sort()).toEqual([...RUNTIMES, 'wasm'].sort());
    expect(new Set(folders.map(({ name }) => name)).size).toBe(folders.length);
  });

  it.each(folders)('$name presses each action as often as any other', async ({ folder, name }) => {
    const built = folder === RANDOM ? folder : builtAgent(folder);
    const few = ['--games', String(GAMES), '--max-steps', String(STEPS), '--seed', 'the floor'];
    const ran = await arena(place, 'play', built, ...few, '--save', name, '--json');
    expect([ran.code, ran.code === 0 ? '' : ran.stderr + ran.stdout]).toEqual([0, '']);
    const { games } = JSON.parse(ran.stdout) as { games: { verdict: string; tape: string }[] };
    expect(games.map(({ verdict }) => verdict)).toEqual(Array.from({ length: GAMES }, () => 'ok'));
    const pressed = new Map<number, number>();
    let total = 0;
    for (const { tape } of games) {
      for (const key of (await decodeTape(await readFile(join(place, tape)))).keys) {
        pressed.set(key, (pressed.get(key) ?? 0) + 1);
        total += 1;
      }
    }
    // some end sooner: it may quit
    expect(total).toBeGreaterThan(GAMES * STEPS * 0.5);
    const shares = new Map<number, number>();
    for (const { key } of actions) shares.set(key, (shares.get(key) ?? 0) + 1 / actions.length);
    expect([...pressed.keys()].filter((key) => !shares.has(key))).toEqual([]);
    for (const [key, share] of shares) {
      const off = ((pressed.get(key) ?? 0) - share * total) / Math.sqrt(total * share * (1 - share));
      expect([key, Math.abs(off) < FAR, off]).toEqual([key, true, off]);
    }
  });

  it("in onnx is what the template's program writes without weights", () => {
    const folder = join(RANDOM, 'onnx');
    const before = readFileSync(join(folder, 'policy.onnx'));
    execFileSync('python3', [join(folder, 'make_model.py')]);
    expect(readFileSync(join(folder, 'policy.onnx'))).toEqual(before);
  });
});

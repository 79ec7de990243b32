import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { ACTIONS } from '@arena/engine';
import { encodeModel } from '@arena/onnx';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { Shard } from './shard.ts';
import type { GameResult } from './specification.ts';
import { COUNTER, RECURRENT, RECURRENT_INPUTS } from './testing/models.ts';

const LIMITS: Limits = {
  maxSteps: 60,
  noProgressSteps: 10_000,
  stepTimeoutMs: 20_000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 512,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};
const FIELDS = ['glyphs', 'blstats', 'message', 'misc'];

let host: AgentHost;
let folder: string;

beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_920_000, count: 16 } });
  folder = mkdtempSync(join(tmpdir(), 'arena-models-test-'));
  writeFileSync(join(folder, 'recurrent.onnx'), encodeModel(RECURRENT));
  writeFileSync(join(folder, 'counter.onnx'), encodeModel(COUNTER));
  writeFileSync(join(folder, 'agent.js'), HYBRID_IN_NODE);
  writeFileSync(join(folder, 'agent.py'), HYBRID_IN_PYTHON);
});
afterAll(() => {
  host.stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Keys of each game, by its id; every game must have gone well. */
async function keysOf(
  manifest: object,
  gamesAtOnce: number,
  games: number,
  maxSteps = LIMITS.maxSteps,
): Promise<number[][]> {
  const results: GameResult[] = [];
  const about = { name: 'model', version: '1', kind: 'neural', authors: ['the platform'], fields: FIELDS };
  await new Shard({
    host,
    agentFolder: folder,
    manifest: validateManifest({ ...about, gamesAtOnce, ...manifest }),
    games: Array.from({ length: games }, (_, i) => ({
      ...{ id: String(i), seeds: gameSeeds(Buffer.alloc(32, 4), i), character: '@', options: '' },
      clock: 1_623_758_400,
    })),
    limits: { ...LIMITS, maxSteps },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  results.sort((a, b) => Number(a.id) - Number(b.id));
  expect(results.map(({ verdict, verdictReason }) => [verdict, verdictReason])).toEqual(
    results.map(() => ['ok', null]),
  );
  return results.map(({ tape }) => [...(tape?.keys ?? [])]);
}

const recurrent = (choose: 'sample' | 'argmax'): object => ({
  ...{ runtime: 'onnx', entry: 'recurrent.onnx' },
  onnx: { inputs: RECURRENT_INPUTS, output: { name: 'logits', is: 'logits', choose } },
});
const counter = {
  ...{ runtime: 'onnx', entry: 'counter.onnx', fields: ['blstats'] },
  onnx: {
    inputs: [
      { name: 'count', from: 'state', output: 'next', batchAxis: 1 },
      { name: 'previous', from: 'previous_action' },
      { name: 'fresh', from: 'new_game' },
    ],
    output: { name: 'action', is: 'action', actions: Array.from({ length: 16 }, (_, i) => i + 1) },
  },
};

/** The recurrent model by hand: what the runtime onnx does for the same games. */
const HYBRID_IN_NODE = `import { loadModel } from '@arena/agent';
export async function createAgent({ actions, gamesAtOnce }) {
  const model = await loadModel(new URL('recurrent.onnx', import.meta.url));
  let h = new Float32Array(32), c = new Float32Array(32), last = 121;
  return {
    reset() { h.fill(0); c.fill(0); last = 121; },
    async act({ glyphs, blstats, message }) {
      const around = new BigInt64Array(81);
      for (let row = 0; row < 9; row++) for (let column = 0; column < 9; column++) {
        const y = blstats[1] + row - 4, x = blstats[0] + column - 4;
        around[row * 9 + column] = BigInt(y < 0 || y > 20 || x < 0 || x > 78 ? 2359 : glyphs[y * 79 + x]);
      }
      const out = await model.run({
        map: { data: Int32Array.from(glyphs), dims: [1, 21, 79] },
        around: { data: around, dims: [1, 9, 9] },
        status: { data: Float32Array.from(blstats, (value, i) => i === 20 ? value * 0.001 : (value - 1) * 0.01), dims: [1, 27] },
        message: { data: message, dims: [1, 256] },
        last: { data: BigInt64Array.of(BigInt(last)), dims: [1] },
        h: { data: h, dims: [1, 1, 32] },
        c: { data: c, dims: [1, 1, 32] },
      });
      h = out.h_next.data; c = out.c_next.data;
      last = out.logits.data.indexOf(Math.max(...out.logits.data));
      return actions[last].key;
    },
  };
}`;

const HYBRID_IN_PYTHON = `import arena
import numpy as np

class Hybrid(arena.Agent):
    def __init__(self, context):
        self.model = arena.onnx.load("recurrent.onnx")

    def reset(self, game):
        self.h = np.zeros((1, 1, 32), np.float32)
        self.c = np.zeros((1, 1, 32), np.float32)
        self.last = 121

    def act(self, observation):
        glyphs, blstats = observation["glyphs"], observation["blstats"]
        wide = np.full((21 + 8, 79 + 8), 2359, np.int64)
        wide[4:-4, 4:-4] = glyphs
        x, y = int(blstats[0]), int(blstats[1])
        factors = np.full(27, 0.01)
        factors[20] = 0.001
        less = np.ones(27)
        less[20] = 0
        outputs = self.model.run({
            "map": glyphs[None],
            "around": wide[None, y:y + 9, x:x + 9],
            "status": ((blstats - less) * factors)[None],
            "message": observation["message"][None],
            "last": [self.last],
            "h": self.h,
            "c": self.c,
        })
        self.h, self.c = outputs["h_next"], outputs["c_next"]
        self.last = int(outputs["logits"].argmax())
        return self.last
`;

describe('a model', () => {
  it('plays the same games alone, beside others and in other slots, drawing its actions', async () => {
    const alone = await keysOf(recurrent('sample'), 1, 7);
    expect(await keysOf(recurrent('sample'), 5, 7)).toEqual(alone);
    expect(await keysOf(recurrent('sample'), 16, 7)).toEqual(alone);
    // It does not press one key all the time, nor the same ones in each game.
    expect(new Set(alone.flat()).size).toBeGreaterThan(40);
    expect(new Set(alone.map((keys) => keys.join())).size).toBe(7);
  });

  it('has the state and the action of its own game, from nothing at each new one', async () => {
    const keys = Array.from({ length: 10 }, (_, step) => ACTIONS[step + 1]?.key);
    for (const gamesAtOnce of [1, 2, 3]) {
      expect(await keysOf(counter, gamesAtOnce, 5, 10)).toEqual(Array.from({ length: 5 }, () => keys));
    }
  });

  it('plays the same games by hand in Node and in Python', async () => {
    const games = await keysOf(recurrent('argmax'), 3, 3);
    const node = { runtime: 'node', entry: 'agent.js' };
    expect(await keysOf(node, 1, 3)).toEqual(games);
    const python = { runtime: 'python', entry: 'agent.py:Hybrid' };
    expect(await keysOf(python, 1, 3)).toEqual(games);
  });
});

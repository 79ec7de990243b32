/** What is refused before its first game, and what keeps its verdicts, of the agents that misbehave. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Limits } from '@arena/contracts';
import { createAgentHost, tryOut, type AgentHost } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';

const AGENTS = fileURLToPath(new URL('../../agents/', import.meta.url));
const LIMITS: Limits = {
  maxSteps: 60,
  noProgressSteps: 10_000,
  stepTimeoutMs: 1000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 192,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};
const GAMES = [0, 1, 2].map((i) => ({
  ...{ id: `game ${i}`, seeds: { core: BigInt(i), disp: 7n }, character: '@', options: '' },
  clock: 1_623_758_400,
}));

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_955_000, count: 4 } });
});
afterAll(() => {
  host.stage.dispose();
  dropBuilt();
});

async function tried(mode: string): ReturnType<typeof tryOut> {
  const own = `${AGENTS}${mode}`;
  const folder = ['agent.c', 'model.json'].some((file) => existsSync(`${own}/${file}`))
    ? builtAgent(own)
    : own;
  const expected = existsSync(`${own}/expect.json`)
    ? (JSON.parse(readFileSync(`${own}/expect.json`, 'utf8')) as { limits?: Partial<Limits> })
    : {};
  const manifest = parseManifest(readFileSync(`${folder}/arena.json`));
  const limits = { ...LIMITS, ...expected.limits };
  return tryOut({ host, agentFolder: folder, manifest, games: GAMES, limits });
}

describe('a try-out', () => {
  it.each([
    ['crash-at-load', /exit code 1 before it was ready to play: /],
    ['hang-at-load', /not ready within [\d.]+ s of its start/],
    ['answers-unready', /./],
    ['no-entry', /before it was ready/],
    ['python-crash-at-import', /before it was ready/],
    ['python-no-class', /before it was ready/],
    ['wasm-is-none', /before it was ready/],
    ['onnx-is-none', /ModelError: .* cannot be loaded/],
    ['onnx-custom-operator', /ModelError: .* cannot be loaded/],
    [
      'onnx-wrong-shape',
      /the input around of policy\.onnx is int64 \[games, 11, 11\], arena\.json feeds it \[games, 9, 9\]/,
    ],
    ['onnx-few-logits', /the output logits of policy\.onnx is \[2, 121\] .* takes it for logits, \[2, 8\]/],
    ['onnx-unknown-input', /policy\.onnx has no input luck as arena\.json says; it has status \[games, 27\]/],
  ])('refuses %s, with one sentence', async (mode, reason) => {
    const refusal = await tried(`broken/${mode}`);
    expect(refusal?.reason).toMatch(reason);
    expect(refusal?.reason).toMatch(/^Refused before its first game, .* submit a new version\.$/);
    expect(refusal?.reason).not.toContain('\n');
  });

  it.each([
    'steady',
    'broken/crash-in-game',
    'broken/hang-in-game',
    'broken/thinks-too-long',
    'broken/bad-key',
    'broken/half-a-frame',
    'broken/python-crash-in-act',
    'broken/python-crash-in-reset',
    'broken/onnx-nan',
    'broken/wasm-traps',
  ])('lets %s play, whatever becomes of its games', async (mode) => {
    expect(await tried(mode)).toBeNull();
  });
});

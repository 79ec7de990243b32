import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Limits } from '@arena/contracts';
import type { EngineModules, EngineSource } from '@arena/engine';
import { validateManifest, type Runtime } from '@arena/protocol';
import type { AgentHost } from './agent-host.ts';
import { PlatformError } from './errors.ts';
import { Shard } from './shard.ts';
import type { GameResult } from './specification.ts';
import { SEARCHER_MAP, SEARCHER_MODEL } from './onnx-searcher.ts';
import { SEARCHER } from './wasm-searcher.ts';

interface SelfTest {
  entry: string;
  files: Readonly<Record<string, string | Uint8Array>>;
  /** Of a model. */
  onnx?: object;
}

/** An agent that looks around and searches: what every agent needs of its runtime, and nothing else. */
const AGENTS: Record<Runtime, SelfTest> = {
  node: {
    entry: 'agent.js',
    files: {
      'agent.js': `export const createAgent = ({ actions }) => {
  const search = actions.find(({ name }) => name === 'SEARCH').key;
  return { act: ({ glyphs }) => (glyphs.length === 1659 ? search : 0) };
};`,
    },
  },
  python: {
    entry: 'agent.py:Searcher',
    files: {
      'agent.py': `import arena
import numpy as np
from nle import nethack

class Searcher(arena.Agent):
    def act(self, observation):
        assert np.linalg.norm(observation["glyphs"].astype(float)) > 0
        return nethack.ACTIONS.index(nethack.Command.SEARCH)
`,
    },
  },
  onnx: { entry: 'policy.onnx', files: { 'policy.onnx': SEARCHER_MODEL }, onnx: SEARCHER_MAP },
  wasm: { entry: 'agent.wasm', files: { 'agent.wasm': SEARCHER } },
};

const STEPS = 5;
/** Generous: a machine that has just started reads Python and numpy from its disk. */
const LIMITS: Limits = {
  maxSteps: STEPS,
  noProgressSteps: 1000,
  stepTimeoutMs: 60_000,
  timeBankMs: 60_000,
  startTimeoutMs: 60_000,
  memoryMiB: 512,
  processes: 64,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

/**
 * Plays some steps with a small agent in each runtime, as an evaluation would; one in which that does not go well is
 * withdrawn from the host, with the reason. `onTest` hears of each before it is tried. Resolves to those that are offered.
 */
export async function selfTest(
  host: AgentHost,
  engine?: EngineSource | EngineModules,
  onTest: (runtime: string) => void = () => undefined,
): Promise<readonly string[]> {
  const offered: string[] = [];
  for (const { name, base = name } of host.runtimes) {
    onTest(name);
    const reason = await failureOf(host, name, base as Runtime, engine);
    if (reason === null) offered.push(name);
    else host.withdraw(name, `its self-test failed: ${reason}`);
  }
  return offered;
}

/**
 * Whether agents can still be run here: makes a sandbox, and plays as {@link selfTest} does in each runtime that is offered.
 * Rejects with SandboxError or PlatformError that says what cannot be done; withdraws nothing.
 */
export async function stillSound(host: AgentHost, engine?: EngineSource | EngineModules): Promise<void> {
  await host.sandbox.probe();
  for (const { name, base = name } of host.runtimes) {
    const reason = await failureOf(host, name, base as Runtime, engine);
    if (reason !== null) throw new PlatformError(`the self-test of the runtime ${name} failed: ${reason}`);
  }
}

async function failureOf(
  host: AgentHost,
  name: string,
  base: Runtime,
  engine?: EngineSource | EngineModules,
): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-self-test-'));
  try {
    const { files } = AGENTS[base];
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const result = await play(host, name, base, folder, engine);
    if (result?.verdict === 'ok' && result.steps === STEPS) return null;
    return `${result?.verdictReason ?? 'its game did not end'} ${result?.log ?? ''}`
      .replace(/\s+/g, ' ')
      .trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(
  host: AgentHost,
  runtime: string,
  base: Runtime,
  agentFolder: string,
  engine?: EngineSource | EngineModules,
): Promise<GameResult | undefined> {
  const results: GameResult[] = [];
  const { entry, onnx } = AGENTS[base];
  const about = { name: 'self-test', version: '1', kind: 'symbolic', authors: ['the platform'] };
  await new Shard({
    host,
    ...(engine === undefined ? {} : { engine }),
    agentFolder,
    manifest: validateManifest({ ...about, runtime, entry, fields: ['glyphs'], onnx }, [runtime]),
    games: [
      { id: 'self-test', seeds: { core: 1n, disp: 1n }, character: '@', options: '', clock: 1_623_758_400 },
    ],
    limits: LIMITS,
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  return results[0];
}

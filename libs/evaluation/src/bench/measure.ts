/** The measurements themselves: each says what a step, a round trip or a start costs. */
import { readSync, mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apart } from '@arena/benchmark';
import type { Limits } from '@arena/contracts';
import { Engine, type EngineModules } from '@arena/engine';
import type { SandboxProcess } from '@arena/sandbox';
import { gameSeeds } from '@arena/scoring';
import { validateManifest, type FieldName, type Runtime } from '@arena/protocol';
import { compileC } from '@arena/wasm';
import type { AgentHost } from '../agent-host.ts';
import { ShardAborted } from '../errors.ts';
import { Shard } from '../shard.ts';
import type { GameResult } from '../specification.ts';
import { ECHOES, MAYFLIES, WALKERS, type Programmed } from './agents.ts';

const LIMITS: Limits = {
  maxSteps: 1_000_000,
  noProgressSteps: 1_000_000,
  stepTimeoutMs: 60_000,
  timeBankMs: 3_600_000,
  startTimeoutMs: 60_000,
  memoryMiB: 1024,
  processes: 64,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

interface Play {
  runtime: Runtime;
  agent: { entry: string; files: Readonly<Record<string, string | Uint8Array>> };
  /** Of a model. */
  onnx?: object;
  fields: readonly FieldName[];
  gamesAtOnce: number;
  games: number;
  maxSteps: number;
  /** Whether to stop after this game. */
  isEnough?: (result: GameResult) => boolean;
}

interface Played {
  results: GameResult[];
  /** From the first game's beginning to the end of the last, milliseconds. */
  ms: number;
  /** From the process' start to `ready`; 0 if the shard was left early. */
  startMs: number;
  /** From the shard's beginning to its first result. */
  firstResultMs: number;
  /** From the shard's beginning to its end: its process and its thread are gone. */
  totalMs: number;
}

let warm: Promise<EngineModules> | null = null;

/** As a worker has it before its first game. */
function warmEngine(): Promise<EngineModules> {
  warm ??= Engine.load().then((engine) => {
    engine.warmUp();
    return engine.modules;
  });
  return warm;
}

/** Plays with an agent, and says how long it took. */
export async function play(host: AgentHost, options: Play): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-bench-'));
  for (const [path, text] of Object.entries(options.agent.files)) writeFileSync(join(folder, path), text);
  if (options.runtime === 'wasm') compileC(join(folder, 'agent.c'), join(folder, options.agent.entry));
  const results: GameResult[] = [];
  let begin = 0;
  let end = 0;
  let first = 0;
  let isOver = false;
  const about = { name: 'bench', version: '1', kind: 'symbolic', authors: ['the platform'] };
  const { runtime, agent, fields, gamesAtOnce, onnx } = options;
  try {
    const shard = new Shard({
      host,
      engine: await warmEngine(),
      agentFolder: folder,
      manifest: validateManifest({ ...about, runtime, entry: agent.entry, fields, gamesAtOnce, onnx }),
      games: Array.from({ length: options.games }, (_, i) => ({
        ...{ id: String(i), seeds: gameSeeds(Buffer.alloc(32, 5), i), character: '@', options: '' },
        clock: 1_623_758_400,
      })),
      limits: { ...LIMITS, maxSteps: options.maxSteps },
      events: {
        started: () => {
          begin ||= performance.now();
        },
        finished: (result) => {
          if (isOver) return;
          results.push(result);
          end = performance.now();
          first ||= end;
          isOver = options.isEnough?.(result) ?? false;
          if (isOver) shard.abort();
        },
      },
    });
    const asked = performance.now();
    const report = await shard.run().catch((error: unknown) => {
      if (!isOver || !(error instanceof ShardAborted)) throw error;
      return null;
    });
    const totalMs = performance.now() - asked;
    return { results, ms: end - begin, startMs: report?.startMs ?? 0, firstResultMs: first - asked, totalMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Answers that do not count: the engine's and the agent's code are compiled meanwhile. */
const WARM_STEPS = 20_000;

/** Steps a second of all games together, of a trivial agent, once it is warm. */
export async function stepsPerSecond(
  host: AgentHost,
  runtime: Programmed,
  fields: readonly FieldName[],
  gamesAtOnce: number,
  steps: number,
): Promise<number> {
  const { entry, files } = WALKERS[runtime][gamesAtOnce === 1 ? 'single' : 'batched'];
  const counts = { WARM: Math.ceil(WARM_STEPS / gamesAtOnce), COUNT: Math.ceil(steps / gamesAtOnce) };
  const filled = Object.entries(files).map(([path, text]) => [
    path,
    text.replaceAll('WARM', String(counts.WARM)).replaceAll('COUNT', String(counts.COUNT)),
  ]);
  // Heroes die: others take their places, more than there are deaths.
  const { results } = await play(host, {
    ...{ runtime, fields, gamesAtOnce, maxSteps: LIMITS.maxSteps },
    agent: { entry, files: Object.fromEntries(filled) as Record<string, string> },
    games: gamesAtOnce + Math.ceil((WARM_STEPS + steps) / 50),
    isEnough: ({ verdict }) => verdict !== 'ok',
  });
  const last = results.at(-1);
  const told = /answers a second: ([\d.]+)/.exec(last?.log ?? '')?.[1];
  if (told === undefined)
    throw new Error(`the trivial agent failed: ${last?.verdictReason ?? ''}\n${last?.log ?? ''}`);
  return Number(told) * gamesAtOnce;
}

/** Milliseconds from a shard's beginning to its agent's first action: `agents` of them one after another, each in a folder of its own. */
export async function startMs(
  host: AgentHost,
  runtime: Programmed,
  agents: number,
): Promise<{ firstActionMs: number; wholeMs: number }> {
  let firstActionMs = 0;
  let wholeMs = 0;
  for (let i = 0; i < agents; i++) {
    const { results, firstResultMs, totalMs } = await play(host, {
      ...{ runtime, agent: MAYFLIES[runtime], fields: ['glyphs', 'blstats'] as const },
      ...{ gamesAtOnce: 1, games: 1, maxSteps: 1 },
    });
    if (results[0]?.steps !== 1) throw new Error('an agent did not take its one step');
    firstActionMs += firstResultMs / agents;
    wholeMs += totalMs / agents;
  }
  return { firstActionMs, wholeMs };
}

/**
 * Round trips a second through the pipes of a sandbox, of a program that does nothing else, from one processor to another.
 */
export async function roundTrips(
  host: AgentHost,
  runtime: Runtime,
  bytes: number,
  ms: number,
): Promise<number> {
  const limits = { memoryMiB: 1024, processes: 64, tmpMiB: 4 };
  const folder = mkdtempSync(join(tmpdir(), 'arena-bench-'));
  const placed = host.stage.place(folder);
  const { command, ...rest } = host
    .runtime(runtime)
    .sandbox({ folder: placed.path, entry: '', stdinBytes: bytes }, limits);
  const code = ECHOES[runtime].replaceAll('SIZE', String(bytes));
  const frame = new Uint8Array(bytes);
  const answer = new Uint8Array(12);
  const trips = (echo: SandboxProcess, until: number): number => {
    let count = 0;
    for (; performance.now() < until; count++) {
      for (let at = 0; at < bytes;) at += writeSync(echo.stdin, frame, at);
      for (let at = 0; at < answer.length;) {
        const n = readSync(echo.stdout, answer, at, answer.length - at, null);
        if (n === 0) throw new Error(`the echo ended: ${echo.log()}`);
        at += n;
      }
    }
    return count;
  };
  const { started: echo, value: rate } = await apart({
    start: () =>
      host.sandbox.start({
        ...rest,
        command: [command[0] ?? '', runtime === 'python' ? '-c' : '-e', code],
      }),
    measure: (started) => {
      trips(started, performance.now() + ms / 5);
      const begin = performance.now();
      const count = trips(started, begin + ms);
      return (count / (performance.now() - begin)) * 1000;
    },
  });
  echo.kill();
  await echo.exit;
  echo.close();
  placed.release();
  rmSync(folder, { recursive: true, force: true });
  return rate;
}

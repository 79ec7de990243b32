/** The worker's environment, validated once; the only place that reads it. */
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuntimeRoot } from '@arena/sandbox';
import { z } from 'zod';
import { ConfigError } from './errors.ts';
import { readRoots } from './roots.ts';

const environment = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'a URL such as postgres://user:password@host:5432/arena is wanted',
  }),
  ARENA_WORKER_SHARDS: z.coerce.number().int().min(1).max(256).optional(),
  ARENA_ENGINE_DIR: z.string().min(1).optional(),
  ARENA_CACHE_DIR: z.string().min(1).optional(),
  ARENA_RUNTIMES: z
    .string()
    .regex(
      /^[a-z0-9-]+(,[a-z0-9-]+)*$/,
      'names of runtimes with commas between them are wanted, e.g. node,python',
    )
    .optional(),
  ARENA_RUNTIME_ROOTS: z.string().min(1).optional(),
  ARENA_UNPROTECTED: z.enum(['0', '1'], '1 is wanted, or nothing').optional(),
  NODE_ENV: z.string().optional(),
  ARENA_SANDBOX_UIDS: z
    .string()
    .regex(/^\d+\+\d+$/, 'must be FIRST+COUNT, e.g. 3100000+65536')
    .optional(),
});

export interface WorkerConfig {
  databaseUrl: string;
  /** Shards played at once: each is one engine thread and one agent. */
  shards: number;
  /** engine.wasm, engine-step.wasm and engine.json. */
  engineDirectory: string;
  /** Unpacked submissions; this user's alone to write. May be deleted while no worker runs. */
  cacheDirectory: string;
  /** The only runtimes to offer; null: all that this machine can. */
  runtimes: readonly string[] | null;
  /** Other root file systems, by the names of the runtimes that they are. */
  roots: Readonly<Record<string, RuntimeRoot>>;
  /** Users for sandboxes when the worker is root; undefined: the sandbox's own default. */
  sandboxUids: { first: number; count: number } | undefined;
  /** For development alone: agents run without a sandbox, as this user. */
  unprotected: boolean;
}

/** Throws {@link ConfigError}. Never repeats a value: DATABASE_URL holds a password. */
export function readConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(`the worker's environment is wrong: ${problems.join('; ')}`);
  }
  const { DATABASE_URL, ARENA_WORKER_SHARDS, ARENA_ENGINE_DIR, ARENA_CACHE_DIR, ARENA_SANDBOX_UIDS } =
    parsed.data;
  const unprotected = parsed.data.ARENA_UNPROTECTED === '1';
  if (unprotected && parsed.data.NODE_ENV === 'production')
    throw new ConfigError(
      "the worker's environment is wrong: ARENA_UNPROTECTED=1 runs agents without a sandbox, which NODE_ENV=production forbids: unset it",
    );
  const [first, count] = (ARENA_SANDBOX_UIDS ?? '').split('+').map(Number);
  return {
    databaseUrl: DATABASE_URL,
    // One core stays free for the main threads, which hold the clocks: an agent must not be billed for our haste.
    shards: ARENA_WORKER_SHARDS ?? Math.max(1, availableParallelism() - 1),
    engineDirectory: resolve(
      ARENA_ENGINE_DIR ?? fileURLToPath(new URL('../../../../nle-wasm/out', import.meta.url)),
    ),
    cacheDirectory: resolve(ARENA_CACHE_DIR ?? join(tmpdir(), `arena-worker-${process.getuid?.() ?? 0}`)),
    runtimes: parsed.data.ARENA_RUNTIMES?.split(',') ?? null,
    roots:
      parsed.data.ARENA_RUNTIME_ROOTS === undefined
        ? {}
        : readRoots(resolve(parsed.data.ARENA_RUNTIME_ROOTS)),
    unprotected,
    sandboxUids: first !== undefined && count !== undefined ? { first, count } : undefined,
  };
}

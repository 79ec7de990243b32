/** The launcher's environment, validated once; the only place that reads it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What scripts/setup/arguments.mjs made of the command line. */
const run = z.object({
  mode: z.enum(['start', 'once', 'dev']),
  /** Games an agent. */
  games: z.number().int().min(1),
  json: z.boolean(),
  /** Names of bundled agents; without it all of them. */
  agents: z.array(z.string()).optional(),
});

export type Run = z.infer<typeof run>;

/** Reads the one argument of this program: a {@link Run} as JSON. */
export function readRun(argv: readonly string[]): Run {
  return run.parse(JSON.parse(argv[0] ?? ''));
}

/** A mistake of the person at the keyboard: printed as one line. */
export class UsageError extends Error {}

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ARENA_DATA: z.string().min(1).optional(),
  DEV_PORT: z.coerce.number().int().min(1).max(65535).default(5173),
});

/** The checkout: apps/demo/dist/config.js lies three folders deep. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Config {
  host: string;
  /** Undefined: the mode's own default. */
  port: number | undefined;
  databaseUrl: string | undefined;
  /** Data and secrets of this checkout; git ignores it. */
  data: string;
  /** Logs and unpacked agents: of this run alone where it is one that ends by itself. */
  work: string;
  /** The website of `npm run dev`. */
  devPort: number;
  /** The organiser's token of the local server. */
  adminToken: string;
  /** What the children inherit of our environment: nothing secret is among it. */
  inherited: NodeJS.ProcessEnv;
}

/** Throws UsageError that names the variable and what it may be. */
export function readConfig(env: NodeJS.ProcessEnv, mode: Run['mode']): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${String(issue?.path[0])}: ${issue?.message ?? 'not valid'} (in the environment)`);
  }
  const { HOST, PORT, DATABASE_URL, ARENA_DATA, DEV_PORT } = parsed.data;
  const data = resolve(root, ARENA_DATA ?? '.arena');
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_ENV', 'ARENA_UNPROTECTED'];
  const inherited = Object.fromEntries(names.map((name) => [name, env[name]]));
  return {
    host: HOST,
    port: PORT,
    databaseUrl: DATABASE_URL,
    data,
    // A run that ends by itself may go on beside an arena that serves.
    work: mode === 'once' ? join(data, `once-${process.pid}`) : data,
    devPort: DEV_PORT,
    adminToken: readToken(data),
    inherited,
  };
}

/** The organiser's token: made once, readable by its owner alone. */
function readToken(data: string): string {
  const path = join(data, 'admin-token');
  if (!existsSync(path)) {
    mkdirSync(data, { recursive: true });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    // Renamed: two that start at once never read half a token, and the later name wins for both.
    renameSync(own, path);
  }
  return readFileSync(path, 'utf8').trim();
}

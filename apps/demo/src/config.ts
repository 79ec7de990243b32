/** The launcher's environment, validated once; the only place that reads it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UsageError } from './arguments.ts';

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ARENA_DATA: z.string().min(1).optional(),
});

/** The checkout: apps/demo/dist/config.js lies three folders deep. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Config {
  host: string;
  /** Undefined: the mode's own default. */
  port: number | undefined;
  databaseUrl: string | undefined;
  /** Data, logs and secrets of this checkout; git ignores it. */
  data: string;
  /** The organiser's token of the local server. */
  adminToken: string;
  /** What the children inherit of our environment: nothing secret is among it. */
  inherited: NodeJS.ProcessEnv;
}

/** Throws UsageError that names the variable and what it may be. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${String(issue?.path[0])}: ${issue?.message ?? 'not valid'} (in the environment)`);
  }
  const { HOST, PORT, DATABASE_URL, ARENA_DATA } = parsed.data;
  const data = resolve(root, ARENA_DATA ?? '.arena');
  const inherited = Object.fromEntries(['PATH', 'HOME', 'LANG', 'TZ'].map((name) => [name, env[name]]));
  return { host: HOST, port: PORT, databaseUrl: DATABASE_URL, data, adminToken: readToken(data), inherited };
}

/** The organiser's token: made once, readable by its owner alone. */
function readToken(data: string): string {
  const path = join(data, 'admin-token');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(data, { recursive: true });
  const token = randomBytes(24).toString('base64url');
  writeFileSync(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
  return token;
}

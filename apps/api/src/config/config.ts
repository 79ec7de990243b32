import { z } from 'zod';
import { LIMITS, visitorLimits, whole, type VisitorLimits } from './limits.ts';

/** Everything the environment can say, checked once. Nothing else reads `process.env`. */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ARENA_ADMIN_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  ARENA_OPEN_SUBMISSIONS: z.enum(['true', 'false']).default('false'),
  ARENA_WEB_DIR: z.string().min(1).optional(),
  ARENA_ENGINE_DIR: z.string().min(1).optional(),
  ARENA_INSTANCE: z.string().max(64).optional(),
  ARENA_MAX_UPLOAD_BYTES: whole(1024, 2 ** 30).default(64 * 2 ** 20),
  ...LIMITS,
});

export interface ApiConfig {
  databaseUrl: string;
  port: number;
  host: string;
  /** Bearer token of organisers; without it nobody is one. */
  adminToken: string | null;
  /** Whether anybody may submit. */
  openSubmissions: boolean;
  /** The website's built files. */
  webDir: string | null;
  /** The engine's built files, for replays in browsers. */
  engineDir: string | null;
  maxUploadBytes: number;
  /** What one visitor may use. */
  visitors: VisitorLimits;
  /** Told by the health page. */
  instance: string | null;
}

/** The environment is not usable; one line names each variable and what was expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** An empty variable counts as not set. Throws {@link ConfigError}, which never repeats a value: it may be a secret. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ApiConfig {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return set[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
    });
    throw new ConfigError(
      `The API cannot start: ${problems.join('; ')}. See docs/OPERATING.md for what each variable means.`,
    );
  }
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    port: values.PORT,
    host: values.HOST,
    adminToken: values.ARENA_ADMIN_TOKEN ?? null,
    openSubmissions: values.ARENA_OPEN_SUBMISSIONS === 'true',
    webDir: values.ARENA_WEB_DIR ?? null,
    engineDir: values.ARENA_ENGINE_DIR ?? null,
    maxUploadBytes: values.ARENA_MAX_UPLOAD_BYTES,
    visitors: visitorLimits(values),
    instance: values.ARENA_INSTANCE ?? null,
  };
}

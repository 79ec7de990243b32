import { MIGRATIONS } from '@arena/migrations';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../entities/index.ts';
import { boundedDriver, type ConnectionUse } from './bounded-pool.ts';
import { SnakeNaming } from './naming.ts';

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections at most. Default 10. */
  poolSize?: number;
  /** Queries that may wait for a connection; the next fails at once with DatabaseBusyError. Default: no bound. */
  mostWaiting?: number;
  /** Told of each connection that somebody asks for, in the asker's own context. */
  onUse?: ConnectionUse;
  /** The server ends a statement that takes longer, so that its connection serves others. Default: no bound. */
  statementTimeoutMs?: number;
  /** Default: all. */
  migrations?: readonly (typeof MIGRATIONS)[number][];
}

/** A server that is gone without a word is noticed by silence; the system's own default is two hours. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** The database did not answer; the message names the server and never the password. */
export class DatabaseUnreachableError extends Error {
  override name = 'DatabaseUnreachableError';
}

/** A DataSource that knows all entities and migrations; not yet connected. */
export function createDataSource({
  url,
  applicationName,
  poolSize = 10,
  mostWaiting = Infinity,
  onUse = () => () => undefined,
  statementTimeoutMs = 0,
  migrations = MIGRATIONS,
}: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: boundedDriver(mostWaiting, onUse),
    url,
    applicationName,
    poolSize,
    connectTimeoutMS: 10_000,
    extra: { ...KEEP_ALIVE, statement_timeout: statementTimeoutMs },
    entities: ENTITIES,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNaming(),
    // gen_random_uuid() is PostgreSQL's own since 13; `pgcrypto` is TypeORM's name for it.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
  });
}

/** Connects. Throws {@link DatabaseUnreachableError}. */
export async function openDataSource(options: DatabaseOptions): Promise<DataSource> {
  const dataSource = createDataSource(options);
  try {
    return await dataSource.initialize();
  } catch (cause) {
    throw unreachable(options.url, cause);
  }
}

export function unreachable(url: string, cause: unknown): DatabaseUnreachableError {
  const reason = cause instanceof Error ? cause.message || (cause as { code?: string }).code : String(cause);
  return new DatabaseUnreachableError(
    `cannot open the database ${withoutPassword(url)}: ${reason ?? 'no reason given'}. ` +
      `Check that PostgreSQL runs and that DATABASE_URL is right.`,
    { cause },
  );
}

/** For messages: `postgres://user@host:port/name`. */
export function withoutPassword(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
  } catch {
    return '(DATABASE_URL is not a URL)';
  }
}

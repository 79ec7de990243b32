/** A whole arena on this machine: database, API, worker and website, as `npm start` and `npm run dev` need it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { migrate, openDataSource } from '@arena/persistence';
import { ArenaClient } from '@arena/client';
import { root, type Config } from './config.ts';
import { Services } from './processes.ts';
import { untilReady } from './readiness.ts';

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

export interface Arena {
  client: ArenaClient;
  url: string;
  services: Services;
}

export interface ArenaOptions {
  config: Config;
  databaseUrl: string;
  port: number;
  /** Restart API and worker when their compiled code changes. */
  watch: boolean;
}

/** Migrates the database and starts API and worker; resolves once both answer. */
export async function startArena({ config, databaseUrl, port, watch }: ArenaOptions): Promise<Arena> {
  await migrateDatabase(databaseUrl);
  const instance = randomUUID();
  const services = new Services(join(config.work, 'logs'));
  const common = {
    ...config.inherited,
    DATABASE_URL: databaseUrl,
    ARENA_ENGINE_DIR: join(root, 'nle-wasm', 'out'),
  };
  const node = (app: string): string[] => [
    ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    '--enable-source-maps',
    join(root, 'apps', app, 'dist', 'main.js'),
  ];
  services.start({
    name: 'api',
    args: node('api'),
    env: {
      ...common,
      HOST: config.host,
      PORT: String(port),
      ARENA_INSTANCE: instance,
      ARENA_ADMIN_TOKEN: config.adminToken,
      // Whoever reaches a loopback address is at home here; from elsewhere the organiser's token is wanted.
      ARENA_OPEN_SUBMISSIONS: String(['127.0.0.1', '::1', 'localhost'].includes(config.host)),
      ARENA_WEB_DIR: join(root, 'apps', 'web', 'build'),
    },
  });
  services.start({
    name: 'worker',
    args: node('worker'),
    env: { ...common, ARENA_CACHE_DIR: join(config.work, 'worker') },
  });
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const client = new ArenaClient(url, config.adminToken);
  try {
    await Promise.race([untilReady(client, services, instance, say), services.failed]);
  } catch (error) {
    await services.stop();
    throw error;
  }
  const isHere = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'].includes(config.host);
  return { client, url: isHere ? `http://localhost:${port}` : url, services };
}

async function migrateDatabase(url: string): Promise<void> {
  const dataSource = await openDataSource({ url, applicationName: 'arena launcher' });
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

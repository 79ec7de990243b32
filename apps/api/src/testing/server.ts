import { competitionSettings, openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { CompetitionRepository, PlayRepository, ShardQueue, WorkerRepository } from '@arena/persistence';
import { pack, type Entry } from '@arena/archive/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApplication } from '../application.ts';
import type { ApiConfig } from '../config/config.ts';
import { DEFAULT_VISITOR_LIMITS, type VisitorLimits } from '../config/limits.ts';

export const ADMIN_TOKEN = 'token-of-the-organisers';

/** Tests are one address that does in seconds what many people do in hours. */
const PATIENT: VisitorLimits = {
  ...DEFAULT_VISITOR_LIMITS,
  requestsPerAddress: 10_000_000,
  joinsPerAddress: 10_000_000,
  messagesPerSocket: 1_000_000,
  submissionsPerAddress: 1_000_000,
};

/** The whole API on a port of its own over a database of its own. */
export interface TestServer {
  config: ApiConfig;
  database: TestDatabase;
  application: NestExpressApplication;
  plays: PlayRepository;
  workers: WorkerRepository;
  address: string;
  get(path: string): Promise<Response>;
  /** Uploads an archive as an organiser. */
  upload(competition: string, archive: Uint8Array, headers?: Record<string, string>): Promise<Response>;
  openCompetition(slug: string, gamesPerEvaluation?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(change: Partial<ApiConfig> = {}): Promise<TestServer> {
  const database = await openTestDatabase();
  const config: ApiConfig = {
    databaseUrl: database.url,
    port: 0,
    host: '127.0.0.1',
    adminToken: ADMIN_TOKEN,
    openSubmissions: false,
    webDir: null,
    engineDir: null,
    maxUploadBytes: 2 ** 20,
    visitors: PATIENT,
    instance: 'test',
    ...change,
  };
  const application = await createApplication(config, false);
  await application.listen(0, '127.0.0.1');
  // Test and server are one process, which packs archives for seconds: after Node's 5 s a test would ask over a connection that is
  // being closed.
  application.getHttpServer().keepAliveTimeout = 60_000;
  const address = await application.getUrl();
  return {
    config,
    database,
    application,
    plays: new PlayRepository(database.dataSource, application.get(ShardQueue)),
    workers: application.get(WorkerRepository),
    address,
    get: (path) => fetch(address + path),
    upload: (competition, archive, headers = {}) =>
      fetch(`${address}/api/competitions/${competition}/submissions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/gzip', Authorization: `Bearer ${ADMIN_TOKEN}`, ...headers },
        body: Buffer.from(archive),
      }),
    openCompetition: async (slug, gamesPerEvaluation = 2) => {
      await application.get(CompetitionRepository).put(slug, competitionSettings({ gamesPerEvaluation }));
    },
    close: async () => {
      await application.close();
      await database.close();
    },
  };
}

export const MANIFEST = {
  name: 'tester',
  version: '1.0.0',
  kind: 'symbolic',
  runtime: 'node',
  entry: 'main.js',
  fields: ['blstats'],
  gamesAtOnce: 2,
  authors: ['A. Tester'],
};

/** A good agent's archive; each name makes another. */
export function agentArchive(change: Record<string, unknown> = {}, more: Entry[] = []): Promise<Buffer> {
  return pack([
    { name: './', type: 'directory' },
    { name: './arena.json', content: JSON.stringify({ ...MANIFEST, ...change }) },
    { name: './main.js', content: 'export {};' },
    ...more,
  ]);
}

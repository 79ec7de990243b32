import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openEmptyDatabase } from '../testing/index.ts';
import { createDataSource, openDataSource } from './data-source.ts';
import { migrate } from './migrate.ts';
import { rowsOf } from './transaction.ts';

/** What PostgreSQL itself knows of the schema: columns, constraints and indexes in its own words. */
async function catalog(dataSource: DataSource): Promise<string[]> {
  const rows = await rowsOf<{ line: string }>(
    dataSource,
    `SELECT table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '-')
       || ' ' || coalesce(numeric_precision::text, '-') AS line
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migration'
     UNION ALL
     SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migration'
     UNION ALL
     SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migration'
     ORDER BY 1`,
  );
  return rows.map((row) => row.line);
}

describe('migrations', () => {
  let database: Awaited<ReturnType<typeof openEmptyDatabase>>;
  let dataSource: DataSource;

  beforeEach(async () => {
    database = await openEmptyDatabase();
    dataSource = await openDataSource({ url: database.url, applicationName: 'test' });
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('leave nothing for the schema builder to do', async () => {
    await migrate(dataSource);
    const wanted = await dataSource.driver.createSchemaBuilder().log();
    expect(wanted.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('make the same columns, checks, keys and indexes as the entities say', async () => {
    await migrate(dataSource);
    const other = await openEmptyDatabase();
    const built = await createDataSource({ url: other.url, applicationName: 'test' }).initialize();
    try {
      await built.synchronize();
      const [migrated, synchronized] = [await catalog(dataSource), await catalog(built)];
      expect(migrated.length).toBeGreaterThan(80);
      expect(migrated).toEqual(synchronized);
    } finally {
      await built.destroy();
      await other.drop();
    }
  });

  it('go down to an empty database and up again', async () => {
    await migrate(dataSource);
    const before = await catalog(dataSource);
    while ((await rowsOf(dataSource, 'SELECT 1 FROM "migration"')).length > 0)
      await dataSource.undoLastMigration();
    expect(await catalog(dataSource)).toEqual([]);
    await migrate(dataSource);
    expect(await catalog(dataSource)).toEqual(before);
  });

  it('tell games that were played with screen descriptions from those that wait', async () => {
    await migrate(dataSource);
    while (
      (await rowsOf(dataSource, `SELECT 1 FROM "migration" WHERE "name" LIKE 'ScreenDescriptions%'`)).length
    )
      await dataSource.undoLastMigration();
    const runner = dataSource.createQueryRunner();
    // Games alone, without the rows that they belong to.
    await runner.query('SET session_replication_role = replica');
    for (const [index, state] of ['finished', 'pending'].entries())
      await runner.query(
        `INSERT INTO "game" ("evaluation_id", "game_index", "core_seed", "disp_seed", "start_character", "options", "clock",
           "protocol_version", "state", "verdict", "end_reason", "score", "turns", "steps", "deepest_level", "experience_level",
           "engine_id", "sandbox", "limits", "agent_time_us", "game_time_us", "worker_id", "finished_at")
         SELECT gen_random_uuid(), $1, 1, 2, '@', '', 0, 1, $2, t.* FROM (SELECT 'ok', 'game_over', 1, 1, 1, 1, 1, 'e', 's', '{}'::jsonb,
           1, 1, gen_random_uuid(), now() WHERE $2 = 'finished'
           UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL::jsonb, NULL, NULL, NULL::uuid, NULL::timestamptz
           WHERE $2 <> 'finished') t`,
        [index, state],
      );
    await runner.query('RESET session_replication_role');
    await runner.release();
    await migrate(dataSource);
    expect(await rowsOf(dataSource, 'SELECT "state", "screen_descriptions" FROM "game" ORDER BY 1')).toEqual([
      { state: 'finished', screen_descriptions: true },
      { state: 'pending', screen_descriptions: false },
    ]);
  });

  it('run once when several processes start at the same time', async () => {
    const others = await Promise.all(
      [1, 2, 3].map(() => openDataSource({ url: database.url, applicationName: 'test', poolSize: 3 })),
    );
    try {
      const ran = await Promise.all([dataSource, ...others].map(migrate));
      expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    } finally {
      await Promise.all(others.map((other) => other.destroy()));
    }
  });
});

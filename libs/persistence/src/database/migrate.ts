import type { DataSource } from 'typeorm';

/** Any number that nothing else in this database locks on: the letters "aren". */
const MIGRATION_LOCK = 0x6172656e;

/**
 * Brings the schema up to date; several processes may call it at once, one does the work and the others wait.
 * Returns the names of the migrations that ran.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const holder = dataSource.createQueryRunner();
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      return ran.map((migration) => migration.name);
    } finally {
      await holder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await holder.release();
  }
}

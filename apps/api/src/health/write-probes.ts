/** Real writes: a full disk answers every question and fails every report and upload. */
import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';

/** More than what a file system may still have room for when it is full. */
const FILE_BYTES = 65_536;

/**
 * New pages on the database's disk and a commit in its log. The table is gone with the same commit: a row that is written over
 * would find room on a full disk.
 */
export async function writeToDatabase(dataSource: DataSource): Promise<void> {
  const table = `"health_probe_${randomUUID()}"`;
  await dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL synchronous_commit = on');
    await manager.query(`CREATE TABLE ${table} AS SELECT generate_series(1, 2000) AS n`);
    await manager.query(`DROP TABLE ${table}`);
  });
}

export async function writeToFolder(folder: string): Promise<void> {
  const path = join(folder, `arena-health-${randomUUID()}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await unlink(path);
    await file.writeFile(Buffer.alloc(FILE_BYTES, 1));
    await file.sync();
  } finally {
    await file.close();
  }
}

import type { DataSource } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';

export class ArchiveRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The archive's bytes, or null if there is none of this sha256. */
  async read(sha256: string): Promise<Buffer | null> {
    const [row] = await rowsOf<{ bytes: Buffer }>(
      this.dataSource,
      'SELECT "bytes" FROM "archive" WHERE "sha256" = $1',
      [sha256],
    );
    return row?.bytes ?? null;
  }
}

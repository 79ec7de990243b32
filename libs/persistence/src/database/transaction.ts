import type { DataSource, EntityManager } from 'typeorm';

/** Rows of one statement, also of UPDATE … RETURNING, for which the driver answers in another form. */
export async function rowsOf<T>(
  manager: EntityManager | DataSource,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const answer: unknown = await manager.query(sql, values);
  if (!Array.isArray(answer)) return [];
  // UPDATE and DELETE give [rows, count].
  const [first, second] = answer as [unknown, unknown];
  return (answer.length === 2 && Array.isArray(first) && typeof second === 'number' ? first : answer) as T[];
}

/**
 * Text as PostgreSQL can store it: agents print what they like, and a NUL or half a surrogate pair would make the
 * whole report fail. At most `length` characters, the last ones where `keep` is `end`.
 */
export function storable(text: string, length: number, keep: 'start' | 'end' = 'start'): string {
  const clean = text.replaceAll('\0', '\uFFFD');
  return (keep === 'start' ? clean.slice(0, length) : clean.slice(-length)).toWellFormed();
}

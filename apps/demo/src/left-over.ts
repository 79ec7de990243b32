/** Databases of `--once` runs: marked as such, held by their run, and removed when a run was killed before it could do so. */
import pg from 'pg';

const PREFIX = 'arena_once_';
const MARK = 'nethack-arena once';
/** Between its making and its run's first connection a database has nobody; a second is long for that. */
const YOUNG_MS = 60_000;

/** A database of its own for one run. */
export interface OnceDatabase {
  name: string;
  /** Gives it up and drops it. */
  drop: () => Promise<void>;
}

/**
 * Makes a database that says what it is, with a connection that is held until it is dropped: whoever sees it without one knows
 * that its run is dead. Rejects with pg's error.
 */
export async function makeOnceDatabase(serverUrl: string): Promise<OnceDatabase> {
  const name = `${PREFIX}${process.pid}_${Date.now()}`;
  await within(serverUrl, async (admin) => {
    await admin.query(`CREATE DATABASE ${name}`);
    // The server's clock, which whoever looks for left-overs compares with too.
    const { rows } = await admin.query<{ ms: string }>(
      'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms',
    );
    await admin.query(`COMMENT ON DATABASE ${name} IS '${MARK} ${rows[0]?.ms ?? 0}'`);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const holder = new pg.Client({ connectionString: url.href, application_name: 'arena launcher' });
  // If the server goes, everything else says so too.
  holder.on('error', () => undefined);
  await holder.connect();
  return {
    name,
    drop: async () => {
      await holder.end();
      await within(serverUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/**
 * Drops what killed runs left: databases that bear the mark, are older than a minute and have no connection. Without force, so
 * that the server itself refuses where somebody has just connected. Resolves to the names; rejects if the server cannot be
 * asked.
 */
export function dropLeftOvers(serverUrl: string): Promise<string[]> {
  return within(serverUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT d.datname AS name
       FROM pg_database d, substring(shobj_description(d.oid, 'pg_database') FROM $2) AS ms
       WHERE starts_with(d.datname, $1) AND pg_has_role(d.datdba, 'USAGE')
         AND ms::bigint < extract(epoch FROM clock_timestamp()) * 1000 - $3
         AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
      [PREFIX, `^${MARK} (\\d{1,15})$`, YOUNG_MS],
    );
    const dropped: string[] = [];
    for (const { name } of rows) {
      try {
        await admin.query(`DROP DATABASE ${admin.escapeIdentifier(name)}`);
        dropped.push(name);
      } catch (error) {
        // In use since a moment ago, or dropped by another run that looked at the same time.
        if (!['55006', '3D000'].includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
    return dropped;
  });
}

async function within<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'arena launcher' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

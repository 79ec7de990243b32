/** Looks after an arena that serves: what breaks is said, once, and what cannot mend itself ends the run. */
import { setTimeout as delay } from 'node:timers/promises';
import type { HealthView } from '@arena/contracts';
import type { Arena } from './arena.ts';
import type { Database } from './database.ts';

const EVERY_MS = 2_000;
/** A service that is being restarted answers again within a second or two; this much longer is worth a line. */
const PATIENCE_MS = 6_000;

/** Rejects when the embedded database is gone, or at the signal. Says when the arena stops being well and when it is well again. */
export async function watchHealth(
  { client }: Arena,
  database: Database,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<never> {
  let badSince: number | null = null;
  let said = false;
  for (;;) {
    await delay(EVERY_MS, undefined, { signal });
    const trouble = await client.health().then(troubleOf, (error: unknown) => reasonOf(error));
    if (!database.isRunning()) {
      throw new Error(
        'the embedded PostgreSQL is gone: it crashed or somebody stopped it. Nothing that it held is lost; run the command again',
      );
    }
    if (trouble === null) {
      if (said) say('✓ the arena is well again');
      badSince = null;
      said = false;
      continue;
    }
    badSince ??= Date.now();
    if (said || Date.now() - badSince < PATIENCE_MS) continue;
    say(`! ${trouble}`);
    said = true;
  }
}

function troubleOf(health: HealthView): string | null {
  if (!health.database.ok) return 'the API does not reach the database: is the server of DATABASE_URL up?';
  if (health.workers.length === 0) return 'no worker reports: games wait until one does';
  return health.ok ? null : `the API is not well: ${failedChecks(health)}`;
}

function failedChecks(health: HealthView): string {
  const failed = health.checks.filter((check) => !check.ok);
  return failed.map(({ name, message }) => `${name}: ${message ?? 'failed'}`).join('; ');
}

function reasonOf(error: unknown): string {
  return `the API does not answer (${error instanceof Error ? error.message : String(error)})`;
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPlace } from '../embedded/binaries.ts';
import { startEmbeddedServer } from '../embedded/index.ts';
import { withLock } from '../embedded/lock.ts';
import { serverUser } from '../embedded/user.ts';

/** What `initdb` and a first start make, kept for all tests of this checkout. */
const TEMPLATES = fileURLToPath(new URL('../../../../.arena/test-postgres-template', import.meta.url));

/**
 * Lays an embedded server that was set up and stopped into `directory`, for tests that need one of their own but do not test
 * its set-up: a copy takes 0.1 s, `initdb` some 3 s. Nothing is laid where the data may not lie in `directory` (a checkout that
 * PostgreSQL's user cannot enter); the server is set up at its first start then, as a person's is.
 */
export async function layFreshServer(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const quiet = (): void => undefined;
  const { initdb } = await findPlace(directory, serverUser(quiet), quiet);
  // "initdb (PostgreSQL) 18.4": another version's data are of no use.
  const version = execFileSync(initdb, ['--version'], { encoding: 'utf8' }).replace(/[^\d.]+/g, '');
  mkdirSync(TEMPLATES, { recursive: true });
  const template = join(TEMPLATES, version);
  await withLock(join(TEMPLATES, 'lock'), async () => {
    if (existsSync(template)) return;
    // Beside `directory`: where the server's user can enter that one, it can enter this one.
    const making = `${directory}.template`;
    mkdirSync(making, { recursive: true, mode: 0o755 });
    try {
      const server = await startEmbeddedServer({ directory: making, volatile: true });
      await server.stop();
      if (!existsSync(join(making, 'data'))) return;
      const copying = `${template}.new`;
      rmSync(copying, { recursive: true, force: true });
      execFileSync('cp', ['-a', making, copying]);
      renameSync(copying, template);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  });
  if (!existsSync(template)) return;
  execFileSync('cp', ['-a', `${template}/.`, directory]);
}

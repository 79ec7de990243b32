import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
/** Nobody listens there: what comes before the database is told instead of it. */
const DATABASE_URL = 'postgres://arena:hidden@127.0.0.1:1/arena';

/** What a worker says but for the steps of its start, which the launcher shows while it waits. */
const told = (stderr: string): string =>
  stderr.replace(/^worker: (unprotected: true: )?\[start-up\] .*\n/gm, '');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-worker-main-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a worker that cannot work', () => {
  it('does not start where no sandbox can be made, and says why and what to do in one line', () => {
    // A machine on which no user namespaces may be made, as many are set up.
    const ran = spawnSync(
      '/usr/bin/bwrap',
      [
        ...['--unshare-user', '--uid', '1000', '--gid', '1000', '--disable-userns', '--bind', '/', '/'],
        ...['--dev', '/dev', '--proc', '/proc', '--setenv', 'TMPDIR', folder],
        ...['--setenv', 'DATABASE_URL', DATABASE_URL, process.execPath, MAIN],
      ],
      { encoding: 'utf8', env: {} },
    );
    expect(told(ran.stderr)).toMatch(
      /^worker: no sandbox can be made on this machine: bwrap: [^\n]*user namespaces must be allowed[^\n]*\n$/,
    );
    expect(ran.status).toBe(1);
  });

  it('does not run agents without a sandbox in production, whatever it is told', () => {
    const ran = spawnSync(process.execPath, [MAIN], {
      encoding: 'utf8',
      env: { DATABASE_URL, ARENA_UNPROTECTED: '1', NODE_ENV: 'production' },
    });
    expect(ran.stderr).toMatch(
      /^worker: .*without a sandbox, which NODE_ENV=production forbids: unset it\n$/,
    );
    expect(ran.status).toBe(1);
  });

  it('says in every line of its log that it runs agents without one, where that is wanted', () => {
    const ran = spawnSync(process.execPath, [MAIN], {
      encoding: 'utf8',
      env: { DATABASE_URL, ARENA_UNPROTECTED: '1', ARENA_CACHE_DIR: join(folder, 'unprotected') },
    });
    const lines = ran.stderr.trimEnd().split('\n');
    // The last is that of the database nobody listens for.
    expect(lines.slice(0, -1).length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^worker: unprotected: true: /);
    expect(ran.stderr).toContain('take only those you trust');
    expect(ran.stderr).toMatch(/runtimes: Node 24/);
  });

  it('does not unpack agents into a folder that others can write', () => {
    const cache = join(folder, 'cache');
    spawnSync('/usr/bin/mkdir', ['-m', '777', cache]);
    const ran = spawnSync(process.execPath, [MAIN], {
      encoding: 'utf8',
      env: { DATABASE_URL, ARENA_CACHE_DIR: cache },
    });
    expect(told(ran.stderr)).toBe(
      `worker: ${cache} is not a folder that only this user can write: remove it or name another one\n`,
    );
    expect(ran.status).toBe(1);
  });
});

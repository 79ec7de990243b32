import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startEmbeddedServer, type EmbeddedServer } from '../embedded/index.ts';
import { serverProcessesIn } from '../embedded/process.ts';
import { layFreshServer } from './fresh-server.ts';
import { fillDisk, freeDisk, mountSmall, unmount } from './small-disk.ts';

/** A PostgreSQL that a test may hold up, and whose disk it may fill. */
export interface OwnServer {
  readonly url: string;
  /** Stops all its processes where they are (SIGSTOP), and lets them go on. */
  pause(): void;
  resume(): void;
  /** Leaves no byte on its disk, and gives the room back. Null where this user may make no file systems. */
  readonly disk: { fill(): void; free(): void } | null;
  /** Ends it and removes all of it. */
  close(): Promise<void>;
}

/** A new cluster with a database takes 60 MiB, and its log grows by files of 16 MiB. */
const DISK_MIB = 192;

/** Starts a server of its own, on a small disk of its own where this user may make one. */
export async function openOwnServer(): Promise<OwnServer> {
  const home = mkdtempSync(join(tmpdir(), 'arena-own-server-'));
  // As root the server runs as another user, who has to get in.
  chmodSync(home, 0o755);
  const directory = join(home, 'postgres');
  await layFreshServer(directory);
  let server = await startEmbeddedServer({ directory, volatile: true });
  const data = await dataFolder(server);
  await server.stop();
  const isMounted = moveToDisk(data);
  server = await startEmbeddedServer({ directory, volatile: true });
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of serverProcessesIn(data)) process.kill(pid, name);
  };
  return {
    url: server.url,
    pause: () => {
      signal('SIGSTOP');
    },
    resume: () => {
      signal('SIGCONT');
    },
    disk: isMounted
      ? {
          fill: () => {
            fillDisk(data, DISK_MIB);
          },
          free: () => {
            freeDisk(data);
          },
        }
      : null,
    close: async () => {
      signal('SIGCONT');
      freeDisk(data);
      await server.stop();
      if (isMounted) unmount(data);
      // Where the server's user cannot enter this folder, its data lie in one of their own.
      for (const folder of [dirname(data), home]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function dataFolder({ url }: EmbeddedServer): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory ?? '';
  } finally {
    await client.end();
  }
}

/** Puts a stopped server's data on a small disk, under the same name. */
function moveToDisk(data: string): boolean {
  const aside = `${data}.aside`;
  renameSync(data, aside);
  mkdirSync(data);
  const isMounted = mountSmall(data, DISK_MIB);
  if (isMounted) {
    // With owners and modes, also those of the folder itself.
    const copied = spawnSync('cp', ['-a', `${aside}/.`, data]);
    if (copied.status !== 0) throw new Error(`the data could not be copied: ${String(copied.stderr)}`);
    rmSync(aside, { recursive: true });
  } else {
    rmSync(data, { recursive: true });
    renameSync(aside, data);
  }
  return isMounted;
}

/** The life of `npm start` and `npm run dev`: beside another, killed, without its database, with reload. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, utimesSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, stopEmbeddedServer } from '@arena/persistence/embedded';
import { layFreshServer } from '@arena/persistence/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
let data: string;
let port: string;
let started: Launcher[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-launcher-'));
  // PostgreSQL's own user has to get in.
  await chmod(data, 0o755);
  await layFreshServer(join(data, 'postgres'));
  port = String(await freePort());
  started = [];
});

afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  while (services().length > 0) await delay(50);
  await stopEmbeddedServer(join(data, 'postgres'));
  await rm(data, { recursive: true });
}, 120_000);

interface Launcher {
  child: ChildProcess;
  told: () => string;
  /** Exit code or signal. */
  ended: Promise<number | NodeJS.Signals | null>;
  /** Resolves once it has said so; rejects if it ends before. */
  says: (text: string) => Promise<void>;
}

function launch(args: string[], env: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, [join(root, 'scripts/arena.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ARENA_DATA: data, PORT: port, CI: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const keep = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let hasEnded = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    }),
  );
  const says = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) {
      if (hasEnded) throw new Error(`it ended before it said '${wanted}': ${text}`);
      await delay(50);
    }
  };
  const launcher = { child, told: () => text, ended, says };
  started.push(launcher);
  return launcher;
}

/** Processes of this test's arena: launcher, API, worker. They alone have its folder or its port in their environment. */
function services(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        return environment.some(
          (entry) => entry.endsWith(`=${data}`) || entry.startsWith(`ARENA_CACHE_DIR=${data}/`),
        );
      } catch {
        return false; // Gone since, or another user's.
      }
    })
    .map(Number);
}

/** Empty for a process that is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function postmaster(): number {
  const file = join(data, 'postgres/data/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

/** Of PostgreSQL: their working folder is its data. */
function serverProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === join(data, 'postgres/data');
      } catch {
        return false;
      }
    })
    .map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone with its parent.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/api/health`)).json();
const LIVE = 'the board is live';

describe('npm start', () => {
  it('is refused beside another on the same data, and leaves it alone', async () => {
    const first = launch(['start', '--games', '1']);
    await first.says(LIVE);
    const second = launch(['start', '--games', '1'], { PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.told()).toMatch(
      /^arena: An arena already runs on the data in .+ \(process \d+, http:\/\/127\.0\.0\.1:\d+\)\. Use that one or stop it.+\n$/,
    );
    expect(await health()).toMatchObject({ ok: true });

    // A run with an end may go on beside it, on the same server, and stops nothing that the other one needs.
    const once = launch(['start', '--once', '--games', '1']);
    expect([await once.ended, once.told()]).toEqual([0, expect.stringContaining('random')]);
    expect(await health()).toMatchObject({ ok: true, database: { ok: true } });
    expect(readdirSync(data).filter((name) => name.startsWith('once-'))).toEqual([]);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect([services(), postmaster()]).toEqual([[], 0]);
  }, 480_000);

  it.each([
    ['entry', () => started[0]?.child.pid ?? 0, 'SIGKILL'],
    ['launcher', () => services().find((pid) => commandOf(pid).includes('apps/demo/dist/main.js')) ?? 0, 137],
  ])(
    'takes its services along when its %s is killed, and goes on at the next start',
    async (_what, pid, end) => {
      const first = launch(['start', '--games', '1']);
      await first.says(LIVE);
      process.kill(pid(), 'SIGKILL');
      expect(await first.ended).toBe(end);
      // At once, as a person would: on the same port, while the services of the first still end.
      const second = launch(['start', '--games', '1']);
      await second.says(LIVE);
      expect(second.told()).toMatch(/explorer .*1\/1/);
      second.child.kill('SIGINT');
      expect(await second.ended).toBe(0);
      expect([services(), postmaster()]).toEqual([[], 0]);
    },
    480_000,
  );

  it('starts again the first time after SIGKILL of every process of its', async () => {
    const first = launch(['start', '--games', '1']);
    await first.says(LIVE);
    const all = [first.child.pid ?? 0, ...services(), ...serverProcesses()];
    expect(all.length).toBeGreaterThan(8);
    for (const pid of all) kill(pid);
    expect(await first.ended).toBe('SIGKILL');
    const second = launch(['start', '--games', '1']);
    await second.says(LIVE);
    expect(second.told()).toMatch(/explorer .*1\/1/);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect([services(), postmaster()]).toEqual([[], 0]);
  }, 480_000);

  it('starts again the first time after SIGKILL while it set its database up', async () => {
    const folder = join(data, 'postgres');
    await rm(folder, { recursive: true });
    const first = launch(['start', '--games', '1']);
    const isUnderWay = (): boolean =>
      existsSync(folder) &&
      readdirSync(folder).some(
        (name) => name.startsWith('data.new') && existsSync(join(folder, name, 'base')),
      );
    while (!isUnderWay()) await delay(5);
    for (const pid of [first.child.pid ?? 0, ...services()]) kill(pid);
    expect(await first.ended).toBe('SIGKILL');
    const second = launch(['start', '--games', '1']);
    await second.says(LIVE);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  }, 480_000);

  it('starts a worker again that is killed four times in a row, and says so', async () => {
    const first = launch(['start', '--games', '1']);
    await first.says(LIVE);
    const worker = (): number =>
      services().find((pid) => commandOf(pid).includes('apps/worker/dist/main.js')) ?? 0;
    for (let times = 0; times < 4; times++) {
      let pid = worker();
      while (pid === 0) {
        await delay(20);
        pid = worker();
      }
      kill(pid);
      while (worker() === pid) await delay(20);
    }
    while (((await health()) as { ok: boolean }).ok && worker() === 0) await delay(100);
    expect(
      first.told().split('the worker died (SIGKILL) and is started again').length - 1,
    ).toBeGreaterThanOrEqual(3);
    expect(worker()).toBeGreaterThan(0);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  }, 480_000);

  it('says that its database is gone and ends', async () => {
    const first = launch(['start', '--games', '1']);
    await first.says(LIVE);
    process.kill(postmaster(), 'SIGQUIT');
    expect(await first.ended).toBe(1);
    expect(first.told()).toContain('arena: the embedded PostgreSQL is gone');
    expect(services()).toEqual([]);
  }, 480_000);
});

describe('npm run dev', () => {
  it('serves the website with reload and starts the API again when its code changes', async () => {
    const devPort = String(await freePort());
    const dev = launch(['dev', '--games', '1'], { DEV_PORT: devPort });
    await dev.says(LIVE);
    const site = `http://localhost:${devPort}`;
    expect(await (await fetch(`${site}/`)).text()).toContain('/@vite/client');
    expect(await (await fetch(`${site}/api/health`)).json()).toMatchObject({ ok: true });

    const ready = (): number => readFileSync(join(data, 'logs/api.log'), 'utf8').split('ready on').length - 1;
    expect(ready()).toBe(1);
    const now = new Date();
    utimesSync(join(root, 'apps/api/dist/main.js'), now, now);
    while (ready() < 2) await delay(50);
    expect(await (await fetch(`${site}/api/health`)).json()).toMatchObject({ database: { ok: true } });
    dev.child.kill('SIGTERM');
    expect(await dev.ended).toBe(0);
    expect([services(), postmaster()]).toEqual([[], 0]);
  }, 480_000);
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedServerError } from './errors.ts';
import { layFreshServer } from '../testing/fresh-server.ts';
import { startEmbeddedServer, stopEmbeddedServer } from './server.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-'));
  // As root the server runs as another user, who has to get in.
  chmodSync(directory, 0o755);
});

afterEach(async () => {
  await stopEmbeddedServer(directory);
  rmSync(directory, { recursive: true });
});

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const start = () => startEmbeddedServer({ directory, volatile: true });
const postmaster = () => Number(readFileSync(join(directory, 'data/postmaster.pid'), 'utf8').split('\n')[0]);

describe('the embedded server', () => {
  beforeEach(async () => {
    await layFreshServer(directory);
  });

  it('keeps its data when it is stopped and when it is killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await first.stop();
    await first.stop();
    expect(() => postmaster()).toThrow();
    const second = await start();
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
    await query(second.url, 'CHECKPOINT');
    const pid = postmaster();
    process.kill(pid, 'SIGKILL');
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    const third = await start();
    expect(postmaster()).not.toBe(pid);
    expect(await query(third.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  it('is found when it runs already, also when many look at once', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    expect(new Set(servers.map((server) => server.url)).size).toBe(1);
    expect(await query(servers[2].url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is stopped by the last of those who use it, whoever started it', async () => {
    const first = await start();
    const second = await start();
    await first.stop();
    await first.stop();
    expect(second.isRunning()).toBe(true);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(second.isRunning()).toBe(false);
  });

  it('outlives a user that was killed, and is stopped by the next', async () => {
    const module = new URL('./server.js', import.meta.url).href;
    const script = `
      const { startEmbeddedServer } = await import(${JSON.stringify(module)});
      await startEmbeddedServer({ directory: ${JSON.stringify(directory)}, volatile: true });
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(killed.signal).toBe('SIGKILL');
    const pid = postmaster();
    const next = await start();
    expect(postmaster()).toBe(pid);
    await next.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it('takes another port when its own is taken', async () => {
    const blocker = createServer();
    const taken = await new Promise<boolean>((resolve) => {
      blocker.once('error', () => {
        resolve(true);
      });
      blocker.listen(54_329, '127.0.0.1', () => {
        resolve(true);
      });
    });
    try {
      const server = await start();
      expect(taken).toBe(true);
      expect(server.port).not.toBe(54_329);
      expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      blocker.close();
    }
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const server = await start();
    const url = new URL(server.url);
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
    expect(url.password.length).toBeGreaterThanOrEqual(32);
    url.password = 'guess';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('says what to do when the password is lost', async () => {
    await (await start()).stop();
    rmSync(join(directory, 'password'));
    await expect(start()).rejects.toThrow(EmbeddedServerError);
    await expect(start()).rejects.toThrow(/Put it back, or remove/);
  });

  it('starts at once where the processes of a killed server are left, even such as cannot end by themselves', async () => {
    const first = await start();
    const client = new pg.Client({ connectionString: first.url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    process.kill(backend, 'SIGSTOP');
    const pid = postmaster();
    process.kill(pid, 'SIGKILL');
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await start();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(isRunning(backend)).toBe(false);
    await client.end().catch(() => undefined);
  });

  it('takes the lock of a killed start over, though its process id is another program’s by now', async () => {
    writeFileSync(join(directory, 'lock'), `${process.pid} 1 of-another-boot\n`);
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(directory).filter((name) => name.startsWith('lock'))).toEqual([]);
  });
});

describe('the first start of an embedded server', () => {
  it('sets it up for everybody who waits for it', async () => {
    const servers = await Promise.all([start(), start()]);
    expect(new Set(servers.map((server) => server.url)).size).toBe(1);
    expect(await query(servers[1].url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is set up anew where the first set-up and all its processes were killed', async () => {
    const module = new URL('./server.js', import.meta.url).href;
    const script = `
      const { startEmbeddedServer } = await import(${JSON.stringify(module)});
      await startEmbeddedServer({ directory: ${JSON.stringify(directory)}, volatile: true });`;
    const first = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const halfDone = (): string[] => readdirSync(directory).filter((name) => name.startsWith('data.new'));
    const isUnderWay = (): boolean => halfDone().some((name) => existsSync(join(directory, name, 'base')));
    while (!isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 5));
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(halfDone()).toEqual([]);
  });

  it('begins anew where a first setup was cut off', async () => {
    execFileSync('mkdir', ['-p', join(directory, 'data.new/base')]);
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

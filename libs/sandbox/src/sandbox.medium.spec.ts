import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Claims } from './claims.ts';
import { stateOf } from './processes.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxExit, SandboxLimits, SandboxProcess } from './specification.ts';
import { Stage } from './staging.ts';
import { placeContracts } from './testing/contracts.ts';
import { needing } from './testing/needing.ts';

const LIMITS: SandboxLimits = { memoryMiB: 128, processes: 32, tmpMiB: 2 };
const isRoot = process.getuid?.() === 0;
/** Few, so that they must be given back; others than those of another run of these tests on this machine. */
const UIDS = { first: 3_800_000 + (process.pid % 8192) * 8, count: 8 };

let sandbox: Sandbox;
let folder: string;

beforeAll(() => {
  sandbox = new Sandbox({ uids: UIDS });
  folder = mkdtempSync(join(tmpdir(), 'arena-sandbox-test-'));
  spawnSync('chmod', ['755', folder]);
  writeFileSync(join(folder, 'file'), 'agent\n', { mode: 0o644 });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const start = (script: string, limits: Partial<SandboxLimits> = {}): Promise<SandboxProcess> =>
  sandbox.start({
    command: ['/bin/bash', '-c', script],
    bindings: [{ source: folder, target: '/agent' }],
    limits: { ...LIMITS, ...limits },
  });

/** Runs a script to its end; it may write less than a pipe holds. */
async function run(
  script: string,
  limits: Partial<SandboxLimits> = {},
): Promise<{ exit: SandboxExit; out: string; log: string }> {
  const running = await start(script, limits);
  const exit = await running.exit;
  const out = Buffer.alloc(65536);
  const length = readSync(running.stdout, out);
  running.close();
  return { exit, out: out.toString('utf8', 0, length), log: running.log() };
}

/** Reads until the text stands in the output. */
function waitFor(running: SandboxProcess, text: string): void {
  const buffer = Buffer.alloc(4096);
  let seen = '';
  while (!seen.includes(text)) {
    const n = readSync(running.stdout, buffer);
    if (n === 0) throw new Error(`the output ended with ${JSON.stringify(seen)}: ${running.log()}`);
    seen += buffer.toString('utf8', 0, n);
  }
}

/** Command lines of the host's processes that contain the text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(text));
}

describe('what a program sees inside', () => {
  it('no environment but four harmless words', async () => {
    process.env['ARENA_SECRET'] = 'hunter2';
    const { out } = await run('cat /proc/*/environ | tr "\\0" "\\n" | sort -u');
    delete process.env['ARENA_SECRET'];
    const names = out
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')[0]);
    expect(
      names.filter(
        (name) => !['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR', 'OLDPWD', 'SHLVL', '_'].includes(name ?? ''),
      ),
    ).toEqual([]);
    expect(names).toContain('HOME');
  });

  it('no path of the host in any command line', async () => {
    const { out } = await run('cat /proc/*/cmdline | tr "\\0" " "');
    expect(out).toContain('/bin/bash -c');
    for (const path of [folder, process.cwd()]) expect(out).not.toContain(path);
  });

  it('only 0, 1 and 2, whatever the host was started with', () => {
    const url = new URL('./index.js', import.meta.url).href;
    const script = `
      const { Sandbox } = await import(${JSON.stringify(url)});
      const { readSync } = await import('node:fs');
      const running = await new Sandbox().start({
        command: ['/bin/bash', '-c', 'for f in /proc/self/fd/*; do echo \${f##*/} $(readlink $f); done'],
        bindings: [], limits: ${JSON.stringify(LIMITS)} });
      await running.exit;
      const out = Buffer.alloc(65536);
      process.stdout.write(out.subarray(0, readSync(running.stdout, out)));`;
    const leaky =
      'exec 9</etc/hostname 200</etc/hostname 250>/dev/null; exec "$0" --input-type=module -e "$1"';
    const ran = spawnSync('/bin/bash', ['-c', leaky, process.execPath, script], {
      encoding: 'utf8',
      env: {},
    });
    const lines = ran.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    // bash opens the folder it lists, which has gone when it is asked for.
    expect(lines.filter(([fd, target]) => Number(fd) > 2 && target)).toEqual([]);
    // Pipes of ours, for all three; standard output is that of `$(readlink …)`.
    const own = lines.filter(([fd]) => Number(fd) <= 2).map(([, target]) => target?.split('/').at(-1) ?? '');
    expect(own).toEqual(['stdin', expect.stringMatching(/^pipe:/), 'stderr']);
  });

  it('files of the system, its own, and nothing else', async () => {
    const { out } = await run(
      'echo /* ; cat /agent/file; ls /usr /etc /root /home /work /var /sys /boot 2>&1',
    );
    expect(
      out
        .split('\n')[0]
        ?.split(' ')
        .filter((name) => !/^\/lib(x?32|64)?$/.test(name)),
    ).toEqual(['/agent', '/bin', '/dev', '/proc', '/tmp', '/usr']);
    expect(out).toContain('agent\n');
    expect(out.match(/No such file/g)?.length).toBe(7);
    expect(out).not.toMatch(/local|share|include/);
  });

  // bubblewrap brings its loopback up, with the kernel's own addresses; a machine may have no IPv6.
  it('no network but a loopback of its own', async () => {
    const { out } = await run(
      `tail -n +3 /proc/net/dev | sed 's/^ *\\([^:]*\\):.*/device \\1/'; tail -n +2 /proc/net/route | sed 's/^/route /';
      grep -B1 'host LOCAL' /proc/net/fib_trie | sed -n 's/.*|-- /address /p' | sort -u; cut -c1-32 /proc/net/if_inet6 2>/dev/null | sed 's/^/address /';
      sed 's/.* /route6 /' /proc/net/ipv6_route 2>/dev/null | sort -u; exec 5<>/dev/tcp/127.0.0.1/80 2>&1 || echo closed`,
    );
    const lines = out.trim().split('\n');
    expect(lines).toContain('device lo');
    expect(lines).toContain('closed');
    const own = /^(device lo|address 127\.0\.0\.[01]|address 0{31}1|route6 lo|closed)$/;
    expect(lines.filter((line) => !own.test(line) && !line.includes('/dev/tcp/'))).toEqual([]);
  });

  it('no privilege, and no way to new namespaces', async () => {
    const { out } = await run(
      'id -u; grep -E "^(CapEff|CapPrm|CapBnd|NoNewPrivs)" /proc/self/status | tr -d "\\t"; unshare -U true 2>&1 || echo refused',
    );
    const lines = out.trim().split('\n');
    expect(Number(lines[0])).not.toBe(0);
    expect(lines.filter((line) => /^Cap(Eff|Prm|Bnd):0+$/.test(line)).length).toBe(3);
    expect(lines).toContain('NoNewPrivs:1');
    expect(lines.at(-1)).toBe('refused');
  });

  needing(
    'root',
    isRoot,
    it,
  )('a uid that is not root for the host either', async () => {
    const running = await start('sleep 300.125; true');
    const pids = (): string[] =>
      readdirSync('/proc').filter(
        (name) =>
          /^\d+$/.test(name) &&
          isOurs(Number(/^Uid:\t(\d+)/.exec(statusOf(name))?.[1])) &&
          stateOf(Number(name))?.zombie === false,
      );
    const isOurs = (uid: number): boolean => uid >= UIDS.first && uid < UIDS.first + UIDS.count;
    const statusOf = (pid: string): string => {
      try {
        return /^Uid:.*$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[0] ?? '';
      } catch {
        return '';
      }
    };
    while (!processesWith('300.125').some((line) => line.startsWith('sleep')))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(pids().length).toBeGreaterThanOrEqual(3);
    running.kill();
    await running.exit;
    expect(pids()).toEqual([]);
    running.close();
  });
});

describe('what a program can change', () => {
  it('nothing but /tmp and /dev/shm, up to their size', async () => {
    const { out } = await run(`
      for d in / /usr /usr/lib /agent /dev /bin /proc/sys/kernel /node; do touch $d/x 2>/dev/null && echo WROTE $d; done
      for d in /tmp /dev/shm; do echo hi > $d/x && rm $d/x && echo can $d; done
      for d in /tmp /dev/shm; do for i in 1 2 3 4; do head -c 1048576 /dev/urandom > $d/f$i 2>/dev/null; done; du -sm $d | cut -f1; done`);
    expect(out.trim().split('\n')).toEqual(['can /tmp', 'can /dev/shm', '2', '2']);
  });

  it('none of its limits upwards', async () => {
    const { out } = await run(
      'for o in c n f d; do ulimit -H$o; done; ulimit -n 100000 2>&1 | grep -o "not permitted"',
    );
    expect(out.trim().split('\n')).toEqual([
      '0',
      '256',
      '2048',
      String((128 + 2048) * 1024),
      'not permitted',
    ]);
  });
});

describe('how it ends', () => {
  it.each<[string, SandboxExit]>([
    ['exit 0', { cause: 'exited', code: 0 }],
    ['exit 3', { cause: 'exited', code: 3 }],
    ['kill -SEGV $$', { cause: 'signal', signal: 'SIGSEGV' }],
    ['kill -KILL $$', { cause: 'signal', signal: 'SIGKILL' }],
  ])('%s is told', async (script, exit) => {
    expect((await run(script)).exit).toEqual(exit);
  });

  it('a sandbox that cannot be made is not the program’s fault', async () => {
    const running = await sandbox.start({
      command: ['/bin/true'],
      bindings: [{ source: join(folder, 'missing'), target: '/agent' }],
      limits: LIMITS,
    });
    const exit = await running.exit;
    running.close();
    expect(exit.cause).toBe('not_started');
    expect((exit as { message: string }).message).toMatch(/^bwrap: Can't find source path/);
  });

  it('a program cannot pretend that it was', async () => {
    const { exit } = await run('echo "bwrap: Can\'t find source path" >&2; exit 1');
    expect(exit).toEqual({ cause: 'exited', code: 1 });
  });

  it('kill leaves nobody, however they hide', async () => {
    const running = await start(`trap "" TERM INT HUP
      for i in 1 2 3; do (setsid bash -c 'trap "" TERM HUP; sleep 301.75' > /dev/null 2>&1 &); done
      nohup sleep 301.75 > /dev/null 2>&1 &
      sleep 0.1; echo up; wait; sleep 301.75`);
    waitFor(running, 'up');
    while (processesWith('sleep 301.75').length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    running.kill();
    running.kill();
    expect(await running.exit).toEqual({ cause: 'stopped' });
    expect(processesWith('301.75')).toEqual([]);
    running.kill();
    running.close();
    running.close();
  });

  it('the end of the first process is the end of those it left behind', async () => {
    const { exit } = await run('setsid sleep 302.5 & disown; exit 0');
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    expect(processesWith('302.5')).toEqual([]);
  });

  it('the end of the host is their end too', async () => {
    const url = new URL('./index.js', import.meta.url).href;
    const script = `
      const { Sandbox } = await import(${JSON.stringify(url)});
      await new Sandbox().start({
        command: ['/bin/sleep', '303.25'], bindings: [], limits: ${JSON.stringify(LIMITS)} });
      const { readFileSync, readdirSync } = await import('node:fs');
      const runs = () => readdirSync('/proc').some((pid) => { try { return readFileSync('/proc/' + pid + '/cmdline', 'latin1').split(String.fromCharCode(0))[1] === '303.25'; } catch { return false; } });
      while (!runs()) await new Promise((resolve) => setTimeout(resolve, 5));
      process.kill(process.pid, 'SIGKILL');`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: {},
    });
    expect(ran.signal).toBe('SIGKILL');
    while (processesWith('sleep 303.25').length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('a host that dies while a sandbox comes up leaves nobody either', async () => {
    const url = new URL('./index.js', import.meta.url).href;
    const script = `
      const { Sandbox } = await import(${JSON.stringify(url)});
      await new Sandbox({ uids: { first: ${UIDS.first + 70_000}, count: 1 } }).start({
        command: ['/bin/sleep', '305.25'], bindings: [], limits: ${JSON.stringify(LIMITS)} });
      process.kill(process.pid, 'SIGKILL');`;
    for (let i = 0; i < 5; i++) {
      const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: {},
      });
      expect(ran.signal).toBe('SIGKILL');
    }
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    // Most end by themselves: with their host, or since nobody reads what they say first. One that was not yet tied to its
    // parent's life hangs in bwrap, or goes on.
    while (processesWith('305.25').length > 0) {
      await new Claims().sweep();
      await pause();
    }
  });

  it('memory beyond the limit ends it, Buffers and tmpfs of other processes included', async () => {
    const { exit } = await run(
      '(tail -c 1000000000 /dev/urandom | cat > /dev/null) & x=$(head -c 400000000 /dev/urandom | tr -c a a); echo ${#x}',
      {
        memoryMiB: 64,
      },
    );
    expect(exit.cause).toBe('memory');
  });

  it('too many processes end it, or cannot be started', async () => {
    const { exit, log } = await run('for i in {1..200}; do sleep 304.5 & done; echo started; wait', {
      processes: 12,
    });
    expect(exit.cause === 'processes' || log.includes('Resource temporarily unavailable')).toBe(true);
    expect(processesWith('304.5')).toEqual([]);
  });

  it('a flood on standard error is read, kept to 16 KiB, and does not stop it', async () => {
    const { exit, log } = await run(
      'head -c 20000000 /dev/urandom | tr -c x x >&2; echo last line >&2; exit 5',
    );
    expect(exit).toEqual({ cause: 'exited', code: 5 });
    expect(log.length).toBe(16384);
    expect(log.endsWith('xxx' + 'last line\n')).toBe(true);
  });

  it('what it used is counted', async () => {
    const running = await start('x=$(head -c 30000000 /dev/urandom | tr -c a a); echo have; read y');
    waitFor(running, 'have');
    while (running.usage().peakMemoryMiB < 28) await new Promise((resolve) => setTimeout(resolve, 5));
    writeSync(running.stdin, '\n');
    await running.exit;
    running.close();
    const { peakMemoryMiB, peakProcesses, cpuMs } = running.usage();
    expect(peakMemoryMiB).toBeLessThan(128);
    expect(peakProcesses).toBeGreaterThanOrEqual(2);
    expect(cpuMs).toBeGreaterThan(0);
  });
});

describe('many of them', () => {
  it('leave no descriptor and no uid behind', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    await run('true');
    const before = open();
    for (let round = 0; round < 4; round++) {
      // Eight uids: a thirty-second sandbox needs them given back.
      const exits = await Promise.all(Array.from({ length: 8 }, () => run('true')));
      expect(exits.every(({ exit }) => exit.cause === 'exited')).toBe(true);
    }
    expect(open()).toBe(before);
  });

  it('nor do those that could not be started', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    await run('true');
    const before = open();
    // More often than there are uids.
    for (let i = 0; i < 12; i++) {
      const start = sandbox.start({ command: ['/usr/bin/true', 'a\0b'], bindings: [], limits: LIMITS });
      await expect(start).rejects.toThrow(/null bytes/);
    }
    expect(open()).toBe(before);
    expect((await run('true')).exit).toEqual({ cause: 'exited', code: 0 });
  });
});

describe('a probe', () => {
  it('says nothing where sandboxes work, and leaves nothing behind', async () => {
    const before = readdirSync('/proc/self/fd').length;
    await sandbox.probe();
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });

  it('tells in one line why they do not, and what to do', () => {
    const url = new URL('./index.js', import.meta.url).href;
    const script = `
      const { Sandbox, SandboxError } = await import(${JSON.stringify(url)});
      await new Sandbox().probe().then(() => console.log('no error'), (error) =>
        console.log(error instanceof SandboxError ? error.message : error));`;
    // A machine on which no user namespaces may be made, as many are set up.
    const folder = mkdtempSync(join(tmpdir(), 'arena-probe-'));
    const ran = spawnSync(
      '/usr/bin/bwrap',
      [
        ...['--unshare-user', '--uid', '1000', '--gid', '1000', '--disable-userns', '--bind', '/', '/'],
        ...['--dev', '/dev', '--proc', '/proc', '--setenv', 'TMPDIR', folder],
        ...[process.execPath, '--input-type=module', '-e', script],
      ],
      { encoding: 'utf8', env: {} },
    );
    rmSync(folder, { recursive: true });
    expect(ran.stdout).toMatch(
      /^no sandbox can be made on this machine: bwrap: [^\n]*\. Unprivileged user namespaces must be allowed[^\n]*\n$/,
    );
  });
});

needing(
  'root',
  isRoot,
  describe,
)('as an ordinary user', () => {
  it('a sandbox works too', () => {
    const stage = new Stage(join(folder, 'stage'));
    const { path } = stage.place(dirname(fileURLToPath(import.meta.url)));
    const copy = stage.keepFolder(path);
    placeContracts(join(folder, 'stage'));
    const script = `
      const { Sandbox } = await import(${JSON.stringify(`file://${copy}/index.js`)});
      const { readSync } = await import('node:fs');
      const sandbox = new Sandbox();
      const running = await sandbox.start({ command: ['/bin/sh', '-c', 'id -u; ls /agent'],
        bindings: [{ source: ${JSON.stringify(folder)}, target: '/agent' }], limits: ${JSON.stringify(LIMITS)} });
      const exit = await running.exit;
      const out = Buffer.alloc(4096);
      console.log(JSON.stringify({ exit, out: out.toString('utf8', 0, readSync(running.stdout, out)), log: running.log(), held: sandbox.description }));`;
    const node = stage.keep(process.execPath);
    writeFileSync(join(folder, 'stage', 'package.json'), '{"type":"module"}', { mode: 0o644 });
    const ran = spawnSync(node, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: {},
      cwd: '/',
      uid: 12345,
      gid: 12345,
    });
    expect(ran.stderr).toBe('');
    const told = JSON.parse(ran.stdout) as { exit: SandboxExit; out: string; held: string };
    expect(told.exit).toEqual({ cause: 'exited', code: 0 });
    expect(told.out).toContain('12345\n');
    expect(told.held).toContain("the platform's uid");
    stage.dispose();
    expect(existsSync(copy)).toBe(false);
  });
});

describe('a folder to write in', () => {
  it('is the program’s alone while it runs, takes files up to its limit, and is the host’s again after', async () => {
    const around = mkdtempSync(join(tmpdir(), 'arena-writable-test-'));
    const own = join(around, 'own');
    try {
      spawnSync('chmod', ['755', around]);
      mkdirSync(own, { mode: 0o755 });
      const running = await sandbox.start({
        command: [
          '/bin/bash',
          '-c',
          'cd /out; echo kept >file; mkdir deep; head -c 3000000 /dev/zero >large; head -c 6000000 /dev/zero >larger;' +
            'echo no >/agent/file; echo no >/file; stat -c %s large larger',
        ],
        bindings: [{ source: folder, target: '/agent' }],
        limits: LIMITS,
        writable: { source: own, target: '/out', fileMiB: 4 },
      });
      await running.exit;
      const out = Buffer.alloc(1000);
      expect(out.toString('utf8', 0, readSync(running.stdout, out))).toBe(`3000000\n${4 * 2 ** 20}\n`);
      running.close();
      expect(running.log()).toMatch(/\/agent\/file: Read-only file system\n.*\/file: Read-only file system/);
      expect(readFileSync(join(own, 'file'), 'utf8')).toBe('kept\n');
      expect(readdirSync(own).sort()).toEqual(['deep', 'file', 'large', 'larger']);
      expect(lstatSync(own).uid).toBe(process.getuid?.());
      const writer = lstatSync(join(own, 'file')).uid;
      expect(
        isRoot ? writer >= UIDS.first && writer < UIDS.first + UIDS.count : writer === process.getuid?.(),
      ).toBe(true);
    } finally {
      rmSync(around, { recursive: true });
    }
  });
});

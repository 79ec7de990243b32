/** The filter as the kernel enforces it: system calls by number, made from Python without a library in between. */
import { arch } from 'node:os';
import { readSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Sandbox } from '../sandbox.ts';
import type { SandboxExit } from '../specification.ts';
import { CALL_OF_32_BITS, endOfOldCall, runsCode } from '../testing/old-calls.ts';
import { ARCHITECTURES } from './filter.ts';
import { FORBIDDEN } from './policy.ts';
import { needing } from '../testing/needing.ts';

const LIMITS = { memoryMiB: 128, processes: 32, tmpMiB: 2 };
const NUMBERS = ARCHITECTURES.find(({ name }) => name === arch())?.numbers ?? {};

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});

async function python(script: string): Promise<{ exit: SandboxExit; out: string; log: string }> {
  const running = await sandbox.start({
    command: ['/usr/bin/python3', '-c', script],
    bindings: [],
    limits: LIMITS,
  });
  const exit = await running.exit;
  const out = Buffer.alloc(65_536);
  const length = readSync(running.stdout, out);
  running.close();
  return { exit, out: out.toString('utf8', 0, length).trim(), log: running.log() };
}

/** Prints errno, 0 if the call went well. Pointers are null, so that no call does anything. */
const CALL = `
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *args):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(number, *map(ctypes.c_long, args)) < 0 else 0
`;

describe('in the kernel', () => {
  it('each forbidden call ends the process that makes it', async () => {
    const numbers = FORBIDDEN.flatMap((name) => (name in NUMBERS ? [[name, NUMBERS[name]]] : []));
    expect(numbers.length).toBeGreaterThan(50);
    // Each in a child, whose end is told.
    const { exit, out, log } = await python(`${CALL}
import os, json, signal
for name, number in json.loads('${JSON.stringify(numbers)}'):
    pid = os.fork()
    if pid == 0:
        call(number)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSYS: continue
    print(name, status)
print('all')`);
    expect([exit, out, log]).toEqual([{ cause: 'exited', code: 0 }, 'all', '']);
  });

  it('and the sandbox tells so of its own', async () => {
    const { exit } = await python(`${CALL}call(${NUMBERS['ptrace']}, 0, 0, 0, 0)`);
    expect(exit).toEqual({ cause: 'signal', signal: 'SIGSYS' });
  });

  it.each<[string, string, string]>([
    ['io_uring_setup', '425, 8', '38'],
    ['pidfd_open', '434, 1', '38'],
    ['a call of the future', '900', '38'],
    ['memfd_create', arch() === 'arm64' ? '279, 0' : '319, 0', '38'],
    ['shmget', arch() === 'arm64' ? '194, 0, 65536, 0o1600' : '29, 0, 65536, 0o1600', '38'],
    ['flock', arch() === 'arm64' ? '32, 0, 1' : '73, 0, 1', '38'],
    ['inotify_init1', arch() === 'arm64' ? '26, 0' : '294, 0', '38'],
    ['clone3', '435, 0, 0', '38'],
  ])('%s does not exist', async (_name, args, errno) => {
    expect((await python(`${CALL}print(call(${args}))`)).out).toBe(errno);
  });

  it('sockets are AF_UNIX or none', async () => {
    const { out } = await python(`
import socket
a, b = socket.socketpair()
a.send(b'x')
print(b.recv(1))
made = []
for family in range(2, 64):
    for kind in (1, 2, 3):
        try: made.append((family, socket.socket(family, kind)))
        except OSError as error: assert error.errno == 97, error
print(made)`);
    expect(out).toBe("b'x'\n[]");
  });

  it('locks on files, by whatever call, are none', async () => {
    const { out } = await python(`
import fcntl, struct
file = open('/usr/bin/env', 'rb')
lock = struct.pack('hhqqi4x', fcntl.F_RDLCK, 0, 0, 0, 0)
for command in (5, 6, 7, 36, 37, 38, 1024, 1026):
    try: fcntl.fcntl(file, command, lock if command < 1000 else 0); print(command)
    except OSError as error: print(error.errno)`);
    expect(out.split('\n')).toEqual(['37', '37', '37', '37', '37', '37', '22', '22']);
  });

  it('threads, processes and their pipes work', async () => {
    const { exit, out, log } = await python(`
import subprocess, threading, multiprocessing, asyncio, tempfile, os
threading.Thread(target=lambda: print('thread', flush=True)).start()
print(subprocess.run(['sort'], input=b'b\\na\\n', capture_output=True).stdout)
async def main():
    process = await asyncio.create_subprocess_exec('echo', 'child', stdout=asyncio.subprocess.PIPE)
    print(await process.communicate())
asyncio.run(main())
with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))
with tempfile.NamedTemporaryFile() as file: print(os.stat(file.name).st_size)`);
    expect([exit, log]).toEqual([{ cause: 'exited', code: 0 }, '']);
    expect(out.split('\n')).toEqual(['thread', "b'a\\nb\\n'", "(b'child\\n', None)", '[1, 2]', '0']);
  });
});

needing(
  'x86-64',
  arch() === 'x64',
  it,
)('32-bit and x32 calls end the process', async () => {
  expect((await python(runsCode('b81400000089c0c3'))).exit).toEqual({ cause: 'exited', code: 0 });
  expect((await python(runsCode(CALL_OF_32_BITS))).exit).toEqual({ cause: 'signal', signal: endOfOldCall() });
  // mov eax, 0x40000027 (getpid with x32's bit); syscall; ret
  expect((await python(runsCode('b8270000400f05c3'))).exit).toEqual({ cause: 'signal', signal: 'SIGSYS' });
});

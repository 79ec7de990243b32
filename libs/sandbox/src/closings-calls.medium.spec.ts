/** Takes the filter's word on one system call away at a time: then the kernel is asked, and says something of its own. */
import { arch } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { assemble, loadNumber, type Instruction } from './seccomp/bpf.ts';
import { ARCHITECTURES, POLICY, filterProgram, type Policy } from './seccomp/filter.ts';
import { FORBIDDEN } from './seccomp/policy.ts';
import { needing } from './testing/needing.ts';
import { CALL_OF_32_BITS, endOfOldCall, runsCode } from './testing/old-calls.ts';
import { noFilter, python, run, whole, type Without } from './testing/taken-apart.ts';

const isX64 = arch() === 'x64';
/** Of calls that the policy does not name, so that they do not exist: x86-64's number and arm64's (asm/unistd.h). */
const UNNAMED: Readonly<Record<string, [number, number]>> = {
  io_uring_setup: [425, 425],
  pidfd_open: [434, 434],
  clone3: [435, 435],
  memfd_create: [319, 279],
  flock: [73, 32],
  inotify_init1: [294, 26],
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
};
const found = ARCHITECTURES.find(({ name }) => name === arch());
if (found === undefined) throw new Error(`there is no filter for ${arch()}`);
const machine = {
  ...found,
  numbers: {
    ...found.numbers,
    ...Object.fromEntries(Object.entries(UNNAMED).map(([name, both]) => [name, both[isX64 ? 0 : 1]])),
  },
};

const filtered =
  (program: readonly Instruction[]): Without =>
  (parts) => ({ ...parts, filter: assemble(program) });
const allowing = (name: string): Without => {
  const others = (names: readonly string[]): string[] => names.filter((other) => other !== name);
  const policy: Policy = {
    allowed: [...POLICY.allowed, name],
    rules: POLICY.rules.filter((rule) => rule.name !== name),
    forbidden: others(POLICY.forbidden),
  };
  return filtered(filterProgram(machine, { unseenMemory: true }, policy));
};

const ENOSYS = 38;
type Call = readonly [name: string, ...args: number[]];

/** What became of each call, made in a child with these arguments and zeros: `SIGSYS`, or errno. */
async function outcomes(calls: readonly Call[], without: Without = whole): Promise<Map<string, string>> {
  const numbered = calls.flatMap(([name, ...args]) => {
    const number = machine.numbers[name];
    // arm64 never had the older calls.
    return number === undefined ? [] : [[[name, ...args].join(' '), number, ...args]];
  });
  const { said } = await run(
    python(`
import ctypes, json, os, signal
libc = ctypes.CDLL(None, use_errno=True)
print("inside", flush=True)
for name, number, *args in json.loads('${JSON.stringify(numbered)}'):
    pid = os.fork()
    if pid == 0:
        ctypes.set_errno(0)
        result = libc.syscall(number, *map(ctypes.c_long, args + [0] * (6 - len(args))))
        os._exit(ctypes.get_errno() if result < 0 else 0)
    _, status = os.waitpid(pid, 0)
    how = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    print("call", name, "is", how)`),
    without,
  );
  expect(said).toContain('inside');
  const told = new Map(
    [...said.matchAll(/^call (.*) is (\w+)$/gm)].map(([, call = '', how = '']) => [call, how]),
  );
  expect(told.size).toBe(numbered.length);
  return told;
}

/** Those that the kernel was asked for, or would have been if it had them. */
async function asked(names: readonly string[], without: Without = whole): Promise<string[]> {
  const told = await outcomes(
    names.map((name): Call => [name]),
    without,
  );
  return [...told].filter(([, how]) => how !== 'SIGSYS' && how !== String(ENOSYS)).map(([name]) => name);
}

describe('a call that no agent may make', () => {
  const names = [...FORBIDDEN, ...Object.keys(UNNAMED)];

  it('reaches the kernel when its word is taken away, each that this kernel has, and no other', async () => {
    expect(await asked(names)).toEqual([]);
    const known = await asked(names, noFilter);
    for (const [i, name] of known.entries()) {
      const other = known.at(i - 1) ?? name;
      expect(await asked([other, name], allowing(name))).toEqual([name]);
    }
    // What an agent would begin with, in every kernel.
    const first =
      'ptrace process_vm_readv keyctl add_key unshare setns mount bpf perf_event_open io_uring_setup clone3';
    expect(known).toEqual(
      expect.arrayContaining([...first.split(' '), 'pidfd_open', 'memfd_create', 'flock']),
    );
  }, 120_000);
});

const AF_INET = 2;
const AF_NETLINK = 16;
const AF_ALG = 38;
const AF_VSOCK = 40;
const SIGCHLD = 17;

describe('an argument that no agent may give', () => {
  it.each<[what: string, shut: string, call: Call]>([
    ['a socket of AF_INET', '97', ['socket', AF_INET, 1]],
    ['a socket of AF_NETLINK', '97', ['socket', AF_NETLINK, 3]],
    ['a socket of AF_VSOCK', '97', ['socket', AF_VSOCK, 1]],
    ['a socket of AF_ALG', '97', ['socket', AF_ALG, 5]],
    ['TIOCSTI', 'SIGSYS', ['ioctl', 0, 0x5412]],
    ['any other ioctl', '25', ['ioctl', 77, 0x5413 + 0x100]],
    ['F_SETLK', '37', ['fcntl', 0, 6]],
    ['F_OFD_SETLK', '37', ['fcntl', 0, 37]],
    ['F_NOTIFY', '22', ['fcntl', 0, 1026]],
    ['PR_SET_CHILD_SUBREAPER', '22', ['prctl', 36, 1]],
    ['CLONE_NEWUSER', 'SIGSYS', ['clone', 0x1000_0000 | SIGCHLD]],
    ['the limits of the first process', '1', ['prlimit64', 1, 7]],
    ['the processors of the first process', '1', ['sched_setaffinity', 1]],
    ['the priority of the first process', '1', ['setpriority', 0, 1]],
    ['the priority of a process group', '1', ['setpriority', 1, 0]],
    ['the priority of a uid', '1', ['setpriority', 2, 0]],
    ['CLONE_NEWNET', 'SIGSYS', ['clone', 0x4000_0000 | SIGCHLD]],
  ])('%s: refused, and not when the rule is taken away', async (_what, shut, call) => {
    const name = call.join(' ');
    expect((await outcomes([call])).get(name)).toBe(shut);
    const open = (await outcomes([call], allowing(call[0]))).get(name);
    // What this kernel was built without stays shut, whoever asks.
    if ((await outcomes([call], noFilter)).get(name) !== shut) expect(open).not.toBe(shut);
    else expect([AF_ALG, AF_VSOCK]).toContain(call[1]);
  });
});

needing(
  'an x86-64 processor',
  isX64,
  it,
)('32-bit calls end the process, and are made when it is not asked which kind a call is', async () => {
  const probe = python(`print("inside", flush=True)${runsCode(CALL_OF_32_BITS)}
print("BREACH")`);
  const program = filterProgram(machine, { unseenMemory: true });
  // It begins with that question, whose answer is the first that concludes.
  const RETURN = 0x06;
  const unasked = [loadNumber(), ...program.slice(1 + program.findIndex(({ code }) => code === RETURN))];
  const held = await run(probe);
  const signal = endOfOldCall();
  expect(held.exit).toEqual({ cause: 'signal', signal });
  expect(held.said).toBe('inside\n');
  const { said } = await run(probe, filtered(unasked));
  // Where the kernel makes no such call, nothing is open without the filter either.
  expect(said.includes('BREACH')).toBe(signal === 'SIGSYS');
});

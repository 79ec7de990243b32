import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SandboxError } from '../errors.ts';
import type { Instruction } from './bpf.ts';
import { ARCHITECTURES, assembleFilter, filterProgram, type Architecture } from './filter.ts';
import { ALLOWED, ARGUMENT_RULES, FORBIDDEN } from './policy.ts';

interface Call {
  arch: number;
  nr: number;
  args?: readonly number[];
}

/** A machine for the program, as the kernel's: what it returns, in hexadecimal. */
function run(program: readonly Instruction[], { arch, nr, args = [] }: Call): string {
  const words = [nr, arch, 0, 0, ...Array.from({ length: 6 }, (_, i) => [args[i] ?? 0, 0]).flat()];
  let a = 0;
  for (let pc = 0; pc < program.length; pc++) {
    const { code, jt, jf, k } = program[pc] as Instruction;
    if (code === 0x06) return (k >>> 0).toString(16);
    if (code === 0x20) a = (words[k / 4] ?? Number.NaN) >>> 0;
    else if (code === 0x54) a = (a & k) >>> 0;
    else if (code === 0x05) pc += k;
    else if (code === 0x15) pc += a === k ? jt : jf;
    else if (code === 0x35) pc += a >= k ? jt : jf;
    else if (code === 0x45) pc += (a & k) !== 0 ? jt : jf;
    else throw new Error(`code ${code}`);
  }
  throw new Error('ran off the end');
}

const ALLOW = '7fff0000';
const KILL = '80000000';
const NOSYS = '50026';

describe.each(ARCHITECTURES)('the filter of $name', (architecture: Architecture) => {
  const program = filterProgram(architecture, { unseenMemory: true });
  const strict = filterProgram(architecture, { unseenMemory: false });
  const { audit: arch, numbers } = architecture;
  const ask = (name: string, ...args: number[]): string => {
    const nr = numbers[name];
    if (nr === undefined) throw new Error(`${name} has no number`);
    return run(program, { arch, nr, args });
  };

  it('says what the policy says, for each call by name', () => {
    for (const name of ALLOWED) if (name in numbers) expect([name, ask(name)]).toEqual([name, ALLOW]);
    for (const name of FORBIDDEN) if (name in numbers) expect([name, ask(name)]).toEqual([name, KILL]);
  });

  it('denies whatever has no name there, and never falls off its end', () => {
    const named = new Set(Object.values(numbers));
    fc.assert(
      fc.property(fc.nat({ max: 0x3fff_ffff }), (nr) => {
        expect(run(program, { arch, nr }) === NOSYS).toBe(!named.has(nr));
      }),
    );
  });

  it('ends what speaks another ABI, whatever the number', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), fc.nat({ max: 0xffff_ffff }), (other, nr) => {
        fc.pre(other !== arch);
        expect(run(program, { arch: other, nr })).toBe(KILL);
      }),
    );
    for (const other of [0x4000_0003, 0x4000_0028]) expect(run(program, { arch: other, nr: 0 })).toBe(KILL);
  });

  it('lets threads and processes begin, but no namespace', () => {
    // As glibc starts a thread and a process.
    expect([ask('clone', 0x3d_0f00), ask('clone', 0x0120_0011)]).toEqual([ALLOW, ALLOW]);
    for (const bit of [17, 25, 26, 27, 28, 29, 30])
      expect([bit, ask('clone', 0x3d_0f00 | (2 ** bit))]).toEqual([bit, KILL]);
  });

  it('knows sockets of one family', () => {
    for (let family = 0; family < 64; family++)
      for (const call of ['socket', 'socketpair'])
        expect([call, family, ask(call, family)]).toEqual([call, family, family === 1 ? ALLOW : '50061']);
  });

  it('ends those who type into terminals, and denies locks and unknown requests', () => {
    expect([ask('ioctl', 0, 0x5412), ask('ioctl', 0, 0x541c)]).toEqual([KILL, KILL]);
    expect([ask('ioctl', 0, 0x5401), ask('ioctl', 0, 0x1234)]).toEqual([ALLOW, '50019']);
    for (const lock of [5, 6, 7, 36, 37, 38]) expect(ask('fcntl', 0, lock)).toBe('50025');
    expect([ask('fcntl', 0, 3), ask('fcntl', 0, 1024), ask('fcntl', 0, 1026)]).toEqual([
      ALLOW,
      '50016',
      '50016',
    ]);
    expect([ask('prctl', 15), ask('prctl', 22)]).toEqual([ALLOW, '50016']);
  });

  it('lets nobody set the limits, the priority or the processors of the first process', () => {
    for (const call of ['prlimit64', 'sched_setaffinity'])
      expect([call, ask(call, 1), ask(call, 0), ask(call, 2)]).toEqual([call, '50001', ALLOW, ALLOW]);
    // Of a process, a process group, a user.
    expect([ask('setpriority', 0, 1), ask('setpriority', 0, 0), ask('setpriority', 0, 7)]).toEqual([
      '50001',
      ALLOW,
      ALLOW,
    ]);
    for (const which of [1, 2]) expect(ask('setpriority', which, 0)).toBe('50001');
  });

  it('denies memory that nobody can see where nothing counts it', () => {
    const mmap = (program: readonly Instruction[], flags: number): string =>
      run(program, { arch, nr: numbers['mmap'] ?? -1, args: [0, 4096, 3, flags] });
    for (const flags of [0x21, 0x23, 0x4021])
      expect([mmap(program, flags), mmap(strict, flags)]).toEqual([ALLOW, '50001']);
    for (const flags of [0x22, 0x01, 0x02, 0x4022]) expect(mmap(strict, flags)).toBe(ALLOW);
  });

  it('names each call once', () => {
    const all = [...ALLOWED, ...FORBIDDEN, ...ARGUMENT_RULES.map(({ name }) => name), 'mmap'];
    expect(new Set(all).size).toBe(all.length);
    expect(Object.keys(numbers).filter((name) => !all.includes(name))).toEqual([]);
    expect(new Set(Object.values(numbers)).size).toBe(Object.keys(numbers).length);
  });
});

it('x32 calls on x86-64 end the process', () => {
  const [x64] = ARCHITECTURES;
  const program = filterProgram(x64 as Architecture, { unseenMemory: true });
  fc.assert(
    fc.property(fc.integer({ min: 0x4000_0000, max: 0x7fff_ffff }), (nr) => {
      expect(run(program, { arch: 0xc000_003e, nr })).toBe(KILL);
    }),
  );
});

it('a machine without a table is told so', () => {
  expect(() => assembleFilter({ unseenMemory: true }, 'riscv64')).toThrow(SandboxError);
  expect(assembleFilter({ unseenMemory: true }, 'arm64').length % 8).toBe(0);
});

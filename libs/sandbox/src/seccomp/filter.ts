import { arch } from 'node:os';
import { SandboxError } from '../errors.ts';
import {
  ALLOW,
  KILL,
  assemble,
  conclude,
  errno,
  loadArchitecture,
  loadArgument,
  loadNumber,
  mask,
  whenAnyBit,
  whenAtLeast,
  whenEqual,
  type Instruction,
} from './bpf.ts';
import { NUMBERS_ARM64 } from './numbers-arm64.ts';
import { NUMBERS_X64 } from './numbers-x64.ts';
import { ALLOWED, ARGUMENT_RULES, ENOSYS, FORBIDDEN, UNSEEN_MEMORY, type ArgumentRule } from './policy.ts';

export interface Architecture {
  name: string;
  /** AUDIT_ARCH_… of linux/audit.h. */
  audit: number;
  numbers: Readonly<Record<string, number>>;
  /** From this number on calls belong to another ABI: x32's bit on x86-64. */
  foreignFrom: number | null;
}

export const ARCHITECTURES: readonly Architecture[] = [
  { name: 'x64', audit: 0xc000_003e, numbers: NUMBERS_X64, foreignFrom: 0x4000_0000 },
  { name: 'arm64', audit: 0xc000_00b7, numbers: NUMBERS_ARM64, foreignFrom: null },
];

export interface FilterOptions {
  /** Whether something counts shared memory that no process has mapped: a memory cgroup. */
  unseenMemory: boolean;
}

/** What is said of which calls; calls that are named nowhere do not exist. */
export interface Policy {
  allowed: readonly string[];
  rules: readonly ArgumentRule[];
  forbidden: readonly string[];
}

export const POLICY: Policy = { allowed: ALLOWED, rules: ARGUMENT_RULES, forbidden: FORBIDDEN };

/** The program's instructions. Calls of other ABIs (32 bits, x32) end the process, since their numbers mean other things. */
export function filterProgram(
  { audit, numbers, foreignFrom }: Architecture,
  { unseenMemory }: FilterOptions,
  { allowed, rules, forbidden }: Policy = POLICY,
): Instruction[] {
  const forCall = (name: string, block: readonly Instruction[]): Instruction[] => {
    const number = numbers[name];
    // arm64 never had the older calls.
    return number === undefined ? [] : whenEqual(number, block);
  };
  const { name, argument, mask: bits, values, verdict } = UNSEEN_MEMORY;
  const unseen = [
    loadArgument(argument),
    mask(bits),
    ...values.flatMap((value) => whenEqual(value, [conclude(verdict)])),
  ];
  return [
    loadArchitecture(),
    ...whenEqual(audit, [loadNumber(), ...jumpOverKill()]),
    conclude(KILL),
    ...(foreignFrom === null ? [] : whenAtLeast(foreignFrom, [conclude(KILL)])),
    // The commonest first: each costs one comparison. (Newer kernels keep a bitmap of what is always allowed.)
    ...allowed.flatMap((call) => forCall(call, [conclude(ALLOW)])),
    ...forCall(name, [...(unseenMemory ? [] : unseen), conclude(ALLOW)]),
    ...rules.flatMap((rule) => forCall(rule.name, ruleBlock(rule))),
    ...forbidden.flatMap((call) => forCall(call, [conclude(KILL)])),
    conclude(errno(ENOSYS)),
  ];
}

/** Past the one instruction that follows: an unconditional jump. */
function jumpOverKill(): Instruction[] {
  return [{ code: 0x05, jt: 0, jf: 0, k: 1 }];
}

function ruleBlock({ first, argument, bits, values = [], allowed, otherwise }: ArgumentRule): Instruction[] {
  return [
    ...(first === undefined
      ? []
      : [
          loadArgument(first.argument),
          ...first.values.flatMap((value) => whenEqual(value, [conclude(first.verdict)])),
        ]),
    loadArgument(argument),
    ...(bits === undefined ? [] : whenAnyBit(bits.mask, [conclude(bits.verdict)])),
    ...values.flatMap(({ values: those, verdict }) =>
      those.flatMap((value) => whenEqual(value, [conclude(verdict)])),
    ),
    ...(allowed === 'others' ? [] : allowed.flatMap((value) => whenEqual(value, [conclude(ALLOW)]))),
    conclude(allowed === 'others' ? ALLOW : (otherwise ?? KILL)),
  ];
}

/** For this machine, as `bwrap --seccomp` reads it. Throws SandboxError on a machine that has no table. */
export function assembleFilter(options: FilterOptions, machine = arch()): Buffer {
  const found = ARCHITECTURES.find(({ name }) => name === machine);
  if (found === undefined) {
    throw new SandboxError(
      `agents cannot be run on ${machine}: there is no filter of system calls for it, only for ` +
        ARCHITECTURES.map(({ name }) => name).join(' and '),
    );
  }
  return assemble(filterProgram(found, options));
}

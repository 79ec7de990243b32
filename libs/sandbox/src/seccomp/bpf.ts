/** Classic BPF as seccomp takes it: eight bytes an instruction (linux/filter.h), looked through for each system call. */

/** What the kernel does with a call (linux/seccomp.h). */
export type Verdict = { kind: 'allow' } | { kind: 'kill' } | { kind: 'error'; errno: number };

export const ALLOW: Verdict = { kind: 'allow' };
/** The whole process ends by SIGSYS, whatever it does about signals. */
export const KILL: Verdict = { kind: 'kill' };
export const errno = (number: number): Verdict => ({ kind: 'error', errno: number });

export interface Instruction {
  code: number;
  /** Instructions to skip if the comparison holds, and if it does not. */
  jt: number;
  jf: number;
  k: number;
}

const LOAD_WORD = 0x20;
const AND = 0x54;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

const plain = (code: number, k: number): Instruction => ({ code, jt: 0, jf: 0, k });

/** struct seccomp_data: nr, arch, instruction pointer, six arguments of 64 bits. */
const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const ARGUMENTS_AT = 16;

export const loadNumber = (): Instruction => plain(LOAD_WORD, NUMBER_AT);
export const loadArchitecture = (): Instruction => plain(LOAD_WORD, ARCHITECTURE_AT);
/** The low half, on little endian machines: what the kernel itself looks at in an int or in the flags named here. */
export const loadArgument = (index: number): Instruction => plain(LOAD_WORD, ARGUMENTS_AT + 8 * index);
export const mask = (bits: number): Instruction => plain(AND, bits);

export function conclude(verdict: Verdict): Instruction {
  switch (verdict.kind) {
    case 'allow':
      return plain(RETURN, 0x7fff_0000);
    case 'kill':
      return plain(RETURN, 0x8000_0000);
    case 'error':
      return plain(RETURN, 0x0005_0000 | verdict.errno);
  }
}

/** `block` runs only if the comparison holds; it is skipped else. Throws RangeError if it is too long to skip. */
const when = (code: number, k: number, block: readonly Instruction[]): Instruction[] => {
  if (block.length > 255) throw new RangeError(`a jump over ${block.length} instructions is too far`);
  return [{ code, jt: 0, jf: block.length, k }, ...block];
};
export const whenEqual = (k: number, block: readonly Instruction[]): Instruction[] =>
  when(JUMP_EQUAL, k, block);
export const whenAtLeast = (k: number, block: readonly Instruction[]): Instruction[] =>
  when(JUMP_AT_LEAST, k, block);
export const whenAnyBit = (k: number, block: readonly Instruction[]): Instruction[] =>
  when(JUMP_ANY_BIT, k, block);

/** The most the kernel takes (BPF_MAXINSNS). */
const MOST_INSTRUCTIONS = 4096;

/** As `bwrap --seccomp` reads it. Throws RangeError if the kernel would not take it. */
export function assemble(program: readonly Instruction[]): Buffer {
  if (program.length > MOST_INSTRUCTIONS) throw new RangeError(`${program.length} instructions are too many`);
  const bytes = Buffer.alloc(8 * program.length);
  program.forEach(({ code, jt, jf, k }, i) => {
    bytes.writeUInt16LE(code, 8 * i);
    bytes.writeUInt8(jt, 8 * i + 2);
    bytes.writeUInt8(jf, 8 * i + 3);
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4);
  });
  return bytes;
}

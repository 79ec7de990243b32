import { BuildError } from './errors.ts';

/** Reads a module's bytes from front to back. */
export class WasmReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new BuildError('the linked module ends in the middle of a part');
    this.at += 1;
    return value;
  }

  /** LEB128, unsigned, up to 32 bits. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = this.byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
  }

  /** Passes over a LEB128 of any kind. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }

  name(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  private skipNumbers(count: number): void {
    for (let left = count; left > 0; left -= 1) this.skipNumber();
  }

  /** 0xfd n: loads and stores, constants and shuffles, lanes; the others take all from the stack. */
  private vectorInstruction(): void {
    const n = this.number();
    if (n <= 11 || n === 92 || n === 93) this.skipNumbers(2);
    else if (n === 12 || n === 13) this.at += 16;
    else if (n >= 21 && n <= 34) this.at += 1;
    else if (n >= 84 && n <= 91) {
      this.skipNumbers(2);
      this.at += 1;
    }
  }

  /** Reads one instruction, operands included; returns its opcode. Knows what clang emits for C. */
  instruction(): number {
    const opcode = this.byte();
    if (opcode === 0x0e) this.skipNumbers(this.number() + 1);
    else if (opcode === 0x11) this.skipNumbers(2);
    else if (opcode >= 0x28 && opcode <= 0x3e) this.skipNumbers(2);
    else if (ONE_OPERAND.has(opcode)) this.skipNumber();
    else if (opcode === 0x43) this.at += 4;
    else if (opcode === 0x44) this.at += 8;
    else if (opcode === 0xfd) this.vectorInstruction();
    else if (opcode === 0xfc) this.skipNumbers(PREFIXED_OPERANDS[this.number()] ?? unknown(opcode));
    else if (!(NO_OPERAND.has(opcode) || (opcode >= 0x45 && opcode <= 0xc4))) unknown(opcode);
    return opcode;
  }
}

export const OPCODE = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  load: 0x28,
  constant: 0x41,
  add: 0x6a,
} as const;

function unknown(opcode: number): never {
  throw new BuildError(
    `the linked module has an instruction this build does not know: 0x${opcode.toString(16)}`,
  );
}

// blocks and their types, branches, calls, locals, globals, memory.size and grow, constants
const ONE_OPERAND = new Set([
  0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42,
]);
const NO_OPERAND = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b]);
/** 0xfc n: saturating conversions, then memory.init, data.drop, memory.copy, memory.fill. */
const PREFIXED_OPERANDS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1];

export function encodeNumber(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const part = rest % 128;
    rest = Math.floor(rest / 128);
    if (rest === 0) return [...bytes, part];
    bytes.push(part | 0x80);
  }
}

export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

export function sectionsOf(module: Uint8Array): Section[] {
  const reader = new WasmReader(module, 8);
  const sections: Section[] = [];
  while (reader.at < module.length) {
    const id = reader.byte();
    const size = reader.number();
    sections.push({ id, body: module.subarray(reader.at, reader.at + size) });
    reader.at += size;
  }
  return sections;
}

export function encodeSection(id: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([id, ...encodeNumber(size)]), ...parts];
}

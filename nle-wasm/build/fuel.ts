/**
 * Ends hung games. A thread cannot interrupt wasm that runs in it, and a time limit would make games depend on the
 * machine; so loops pay one unit a round from the global `arena_fuel`, which the port fills up at every key
 * (src/port/engine.h), and trap when it is used up. Recursion without end meets the end of the stack.
 * Who pays: each round of a loop that follows a chain (p = p->next) or counts nothing, and in other loops each call.
 * A round without either counts to a bound or runs off the end of the memory. Metered the
 * host-answered way plays 248,000 keys a second, unmetered 267,000 (6 fields, medians of 25 runs by turns).
 */
import { BuildError } from './errors.ts';
import type { Section } from './wasm-code.ts';
import { OPCODE, WasmReader, encodeNumber, encodeSection, sectionsOf } from './wasm-code.ts';

const GLOBAL = 3;

function findGlobal(sections: readonly Section[], wanted: string): number {
  const reader = new WasmReader(sections.find(({ id }) => id === 7)?.body ?? new Uint8Array([0]));
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = reader.name();
    const kind = reader.byte();
    const index = reader.number();
    if (kind === GLOBAL && name === wanted) return index;
  }
  throw new BuildError(`the linked module does not export the global ${wanted}`);
}

interface Loop {
  /** Where its body begins. */
  readonly body: number;
  readonly parent: Loop | undefined;
  /** Its calls, but for those inside inner loops and those that always follow another. */
  readonly calls: number[];
  /** A variable becomes what it points to: local.get p, i32.load, local.set p. */
  follows: boolean;
  /** A variable moves on by a constant: local.get i, i32.const, i32.add, local.set i. */
  counts: boolean;
}

interface Instruction {
  readonly opcode: number;
  /** Its operands, for comparison. */
  readonly operand: string;
}

function setsAgain(first: Instruction | undefined, last: Instruction): boolean {
  return first?.opcode === OPCODE.localGet && first.operand === last.operand;
}

const isCall = (opcode: number): boolean => opcode === OPCODE.call || opcode === OPCODE.callIndirect;

/** Where the code may have come by another way than past the last payment. */
const isMerge = (opcode: number): boolean =>
  opcode === OPCODE.loop || opcode === OPCODE.else || opcode === OPCODE.end;

/** All loops of a function body, in order; the reader stands at the first instruction. */
function findLoops(reader: WasmReader): Loop[] {
  const loops: Loop[] = [];
  const open: (Loop | null)[] = [];
  let inner: Loop | undefined;
  let paid = false;
  const before: Instruction[] = [];
  while (reader.at < reader.bytes.length) {
    const at = reader.at;
    const opcode = reader.instruction();
    if (isMerge(opcode)) paid = false;
    if (opcode === OPCODE.loop) {
      inner = { body: reader.at, parent: inner, calls: [], follows: false, counts: false };
      loops.push(inner);
      open.push(inner);
    } else if (opcode === OPCODE.block || opcode === OPCODE.if) {
      open.push(null);
    } else if (opcode === OPCODE.end) {
      if (open.pop()) inner = inner?.parent;
    } else if (isCall(opcode) && !paid) {
      inner?.calls.push(at);
      paid = true;
    }
    const now = { opcode, operand: reader.bytes.subarray(at + 1, reader.at).join() };
    if (inner && (opcode === OPCODE.localSet || opcode === OPCODE.localTee)) {
      const [third, second, first] = before;
      if (first?.opcode === OPCODE.load && setsAgain(second, now)) inner.follows = true;
      if (first?.opcode === OPCODE.add && second?.opcode === OPCODE.constant && setsAgain(third, now))
        inner.counts = true;
    }
    before.push(now);
    if (before.length > 3) before.shift();
  }
  return loops;
}

/** Where a function pays, in the order of its code. */
function payments(loops: readonly Loop[]): number[] {
  return loops
    .flatMap((loop) => (loop.counts && !loop.follows ? loop.calls : [loop.body]))
    .sort((a, b) => a - b);
}

/** fuel -= 1; if (fuel == 0) trap */
function payment(fuel: number): Uint8Array {
  const get = [0x23, ...encodeNumber(fuel)];
  const set = [0x24, ...encodeNumber(fuel)];
  // global.get; i32.const -1; i32.add; global.set; global.get; i32.eqz; if; unreachable; end
  return Uint8Array.from([...get, 0x41, 0x7f, 0x6a, ...set, ...get, 0x45, 0x04, 0x40, 0x00, 0x0b]);
}

function meterFunction(body: Uint8Array, pay: Uint8Array): Uint8Array[] {
  const reader = new WasmReader(body);
  for (let groups = reader.number(); groups > 0; groups -= 1) {
    reader.skipNumber();
    reader.byte();
  }
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const at of payments(findLoops(reader))) {
    parts.push(body.subarray(from, at), pay);
    from = at;
  }
  return [...parts, body.subarray(from)];
}

function sized(parts: readonly Uint8Array[]): Uint8Array[] {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from(encodeNumber(size)), ...parts];
}

function meterCode(section: Uint8Array, pay: Uint8Array): Uint8Array[] {
  const reader = new WasmReader(section);
  const functions = reader.number();
  const parts: Uint8Array[] = [Uint8Array.from(encodeNumber(functions))];
  for (let left = functions; left > 0; left -= 1) {
    const size = reader.number();
    parts.push(...sized(meterFunction(section.subarray(reader.at, reader.at + size), pay)));
    reader.at += size;
  }
  return parts;
}

/** The module with its loops metered. */
export function meterLoops(module: Uint8Array): Uint8Array {
  const sections = sectionsOf(module);
  const pay = payment(findGlobal(sections, 'arena_fuel'));
  return Buffer.concat([
    module.subarray(0, 8),
    ...sections.flatMap(({ id, body }) => encodeSection(id, id === 10 ? meterCode(body, pay) : [body])),
  ]);
}

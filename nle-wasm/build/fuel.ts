/**
 * Ends hung games. A thread cannot interrupt wasm that runs in it, and a time limit would make games depend on the
 * machine; so loops pay one unit a round from the global `arena_fuel`, which the port fills up at every key
 * (src/port/engine.h), and trap when it is used up. Recursion without end meets the end of the stack.
 * Which loops pay: those with calls in them, and of the others those that follow a chain (p = p->next) or count
 * nothing. What is left counts to a bound or runs off the end of the memory. With every loop paying the game lost a
 * tenth of its speed (190,000 keys a second instead of 209,000, 6 fields); this way the loss is within the noise.
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
  calls: boolean;
  /** A variable becomes what it points to: local.get p, i32.load, local.set p. */
  follows: boolean;
  /** A variable moves on by a constant: local.get i, i32.const, i32.add, local.set i. */
  counts: boolean;
}

const mustPay = (loop: Loop): boolean => loop.calls || loop.follows || !loop.counts;

interface Instruction {
  readonly opcode: number;
  /** Its operands, for comparison. */
  readonly operand: string;
}

function setsAgain(first: Instruction | undefined, last: Instruction): boolean {
  return first?.opcode === OPCODE.localGet && first.operand === last.operand;
}

/** All loops of a function body, in order; the reader stands at the first instruction. */
function findLoops(reader: WasmReader): Loop[] {
  const loops: Loop[] = [];
  const open: (Loop | null)[] = [];
  let inner: Loop | undefined;
  const before: Instruction[] = [];
  while (reader.at < reader.bytes.length) {
    const at = reader.at;
    const opcode = reader.instruction();
    if (opcode === OPCODE.loop) {
      inner = { body: reader.at, parent: inner, calls: false, follows: false, counts: false };
      loops.push(inner);
      open.push(inner);
    } else if (opcode === OPCODE.block || opcode === OPCODE.if) {
      open.push(null);
    } else if (opcode === OPCODE.end) {
      if (open.pop()) inner = inner?.parent;
    } else if (opcode === OPCODE.call || opcode === OPCODE.callIndirect) {
      for (let loop = inner; loop && !loop.calls; loop = loop.parent) loop.calls = true;
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
  for (const loop of findLoops(reader).filter(mustPay)) {
    parts.push(body.subarray(from, loop.body), pay);
    from = loop.body;
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

/** The few of Protocol Buffers' encodings that a model in ONNX needs. A field is written as its bytes; a message is its fields. */

const VARINT = 0;
const LENGTH = 2;
const BITS_32 = 5;

function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  // Negative numbers are written as 64 bits.
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

const tag = (field: number, type: number): number[] => varint((field << 3) | type);

export function int(field: number, value: number | bigint): Uint8Array {
  return Uint8Array.from([...tag(field, VARINT), ...varint(value)]);
}

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return Uint8Array.from([...tag(field, BITS_32), ...bytes]);
}

export function bytes(field: number, value: Uint8Array): Uint8Array {
  const head = [...tag(field, LENGTH), ...varint(value.length)];
  const whole = new Uint8Array(head.length + value.length);
  whole.set(head);
  whole.set(value, head.length);
  return whole;
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

/** A message inside another. */
export function message(field: number, fields: readonly Uint8Array[]): Uint8Array {
  return bytes(field, join(fields));
}

export function join(fields: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const field of fields) {
    whole.set(field, at);
    at += field.length;
  }
  return whole;
}

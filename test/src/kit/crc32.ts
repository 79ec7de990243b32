/** zlib's CRC-32 for pages in a browser, which have none: eight bytes at a time, by tables. */
const TABLES = makeTables();

function makeTables(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const tables = [first];
  while (tables.length < 8) {
    const last = tables.at(-1) ?? first;
    tables.push(last.map((value) => (value >>> 8) ^ (first[value & 0xff] ?? 0)));
  }
  return tables;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [
  ...[Uint32Array, Uint32Array, Uint32Array, Uint32Array],
  ...[Uint32Array, Uint32Array, Uint32Array, Uint32Array],
];

const at = (table: Uint32Array, byte: number): number => table[byte & 0xff] ?? 0;

export function crc32(bytes: Uint8Array, crc = 0): number {
  let value = ~crc;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let place = 0;
  for (; place + 8 <= bytes.length; place += 8) {
    const low = value ^ view.getUint32(place, true);
    const high = view.getUint32(place + 4, true);
    value =
      at(T7, low) ^
      at(T6, low >>> 8) ^
      at(T5, low >>> 16) ^
      at(T4, low >>> 24) ^
      at(T3, high) ^
      at(T2, high >>> 8) ^
      at(T1, high >>> 16) ^
      at(T0, high >>> 24);
  }
  for (; place < bytes.length; place += 1) value = (value >>> 8) ^ at(T0, value ^ view.getUint8(place));
  return ~value >>> 0;
}

import { BuildError } from './errors.ts';
import { WasmReader, encodeNumber, encodeSection, sectionsOf } from './wasm-code.ts';

const EXPORTS = 7;

/** The body of a section of exports without the one of this name. */
function without(body: Uint8Array, name: string): Uint8Array[] {
  const reader = new WasmReader(body);
  const count = reader.number();
  const first = reader.at;
  for (let left = count; left > 0; left -= 1) {
    const from = reader.at;
    const found = reader.name();
    reader.skipNumber(); // its kind, one byte
    reader.skipNumber();
    if (found === name)
      return [Uint8Array.from(encodeNumber(count - 1)), body.subarray(first, from), body.subarray(reader.at)];
  }
  throw new BuildError(`the linked module does not export ${name}`);
}

/** The module without one of its exports; what only that one reached is left to wasm-opt to drop. */
export function withoutExport(module: Uint8Array, name: string): Uint8Array {
  const sections = sectionsOf(module).flatMap(({ id, body }) =>
    encodeSection(id, id === EXPORTS ? without(body, name) : [body]),
  );
  return Buffer.concat([module.subarray(0, 8), ...sections]);
}

import type { EngineExports } from './exports.ts';
import type { EngineModules } from './modules.ts';

/** NetHack's tables as JSON text, from an instance of its own: no game is touched. src/port/tables.c says what is in it. */
export function readTables(modules: EngineModules): string {
  const engine = new WebAssembly.Instance(modules.host, { arena: { key: () => 0 } })
    .exports as unknown as EngineExports;
  const start = engine.arena_tables();
  const memory = new Uint8Array(engine.memory.buffer);
  return new TextDecoder('latin1').decode(memory.subarray(start, memory.indexOf(0, start)));
}

import { describe, expect, it } from '@jest/globals';
import { INTERFACE_VERSION } from './layout.ts';
import { compileEngine } from './modules.ts';
import { readEngine } from './node.ts';

/** The smallest module that exports `arena_interface_version`, answering `version`. */
function fakeEngine(version: number): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode('arena_interface_version');
  const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const type = [1, 5, 1, 0x60, 0, 1, 0x7f];
  const func = [3, 2, 1, 0];
  const exported = [7, name.length + 4, 1, name.length, ...name, 0, 0];
  const code = [10, 6, 1, 4, 0, 0x41, version, 0x0b];
  return Uint8Array.from([...header, ...type, ...func, ...exported, ...code]);
}

describe('compileEngine', () => {
  it('takes the built engine', async () => {
    const source = await readEngine();
    const modules = await compileEngine(source);
    expect(modules.id).toBe(source.id);
    expect(WebAssembly.Module.imports(modules.step)).toEqual([
      { module: 'arena', name: 'key', kind: 'function' },
    ]);
    expect(WebAssembly.Module.imports(modules.host)).toEqual([
      { module: 'arena', name: 'key', kind: 'function' },
    ]);
  });

  it('refuses another interface version and says both', async () => {
    const other = fakeEngine(INTERFACE_VERSION + 1);
    const compiled = compileEngine({ id: 'x', host: other, step: other });
    await expect(compiled).rejects.toMatchObject({ code: 'bad_engine' });
    await expect(compiled).rejects.toThrow(
      `version ${String(INTERFACE_VERSION + 1)}, this loader knows ${String(INTERFACE_VERSION)}`,
    );
  });

  it('refuses bytes that are no module', async () => {
    const noise = new TextEncoder().encode('not wasm');
    await expect(compileEngine({ id: 'x', host: noise, step: noise })).rejects.toMatchObject({
      code: 'bad_engine',
    });
  });
});

describe('readEngine', () => {
  it('says how to build a missing engine', async () => {
    const read = readEngine('/nonexistent');
    await expect(read).rejects.toMatchObject({ code: 'bad_engine' });
    await expect(read).rejects.toThrow('build:engine');
  });
});

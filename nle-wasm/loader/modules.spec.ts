import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Describer } from './describer.ts';
import { INTERFACE_VERSION, KNOWN_INTERFACES } from './layout.ts';
import { compileEngine } from './modules.ts';
import { ENGINE_FOLDER, readEngine } from './node.ts';
import { StepGame } from './step.ts';

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

  it('can reseed a game only in the step file: what plays tapes cannot', async () => {
    const { host, step } = await compileEngine(await readEngine());
    const names = (module: WebAssembly.Module): string[] =>
      WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(names(step)).toContain('arena_reseed');
    expect(names(host)).not.toContain('arena_reseed');
    const seeds = { coreSeed: 1n, dispSeed: 2n, reseed: false };
    expect(() => {
      new StepGame(host, new Describer(host)).reseed(seeds);
    }).toThrow('engine-step.wasm cannot reseed a game; build the engine again');
  });

  it('refuses another interface version and says both', async () => {
    const other = fakeEngine(INTERFACE_VERSION + 1);
    const compiled = compileEngine({ id: 'x', host: other, step: other });
    await expect(compiled).rejects.toMatchObject({ code: 'bad_engine' });
    await expect(compiled).rejects.toThrow(
      `version ${String(INTERFACE_VERSION + 1)}, this loader knows ${KNOWN_INTERFACES.join(' and ')}`,
    );
  });

  it('refuses a step file that belongs to another engine', async () => {
    const source = await readEngine();
    const compiled = compileEngine({ ...source, id: 'f'.repeat(64) });
    await expect(compiled).rejects.toMatchObject({ code: 'bad_engine' });
    await expect(compiled).rejects.toThrow(
      `belongs to engine ${source.id.slice(0, 12)}, not to ffffffffffff`,
    );
    const unnamed = compileEngine({ ...source, step: source.host });
    await expect(unnamed).rejects.toThrow('belongs to engine unknown');
  });

  it('takes what another thread compiled, once it is looked at', async () => {
    const modules = await compileEngine(await readEngine());
    expect(await compileEngine(modules)).toBe(modules);
    const fake = await WebAssembly.compile(fakeEngine(INTERFACE_VERSION + 1));
    for (const wrong of [
      { ...modules, host: fake },
      { ...modules, id: 'f'.repeat(64) },
      { ...modules, step: new Uint8Array() as unknown as WebAssembly.Module },
      'engine' as unknown as typeof modules,
    ])
      await expect(compileEngine(wrong)).rejects.toMatchObject({ code: 'bad_engine' });
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

  describe('of a folder in which something was changed', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'arena-engine-'));
      await cp(ENGINE_FOLDER, folder, { recursive: true });
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('takes the engine where nothing was', async () => {
      expect((await readEngine(folder)).id).toBe((await readEngine()).id);
    });

    it.each(['engine.wasm', 'engine-step.wasm'])('refuses one other byte in %s', async (name) => {
      const bytes = await readFile(join(folder, name));
      const at = bytes.length >> 1;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await writeFile(join(folder, name), bytes);
      await expect(readEngine(folder)).rejects.toMatchObject({ code: 'bad_engine' });
      await expect(readEngine(folder)).rejects.toThrow(`/${name} is not the file that engine.json lists`);
      await expect(readEngine(folder)).rejects.toThrow('build:engine');
    });

    it.each([
      ['no JSON', '{'],
      ['null', 'null'],
      ['no list', '{"id":"x"}'],
      ['another id', '{"id":"x","files":{"engine.wasm":{"sha256":"y"},"engine-step.wasm":{"sha256":"y"}}}'],
    ])('refuses an engine.json with %s', async (_name, text) => {
      await writeFile(join(folder, 'engine.json'), text);
      await expect(readEngine(folder)).rejects.toMatchObject({ code: 'bad_engine' });
      await expect(readEngine(folder)).rejects.toThrow(/engine\.json is damaged.*build:engine/);
    });
  });
});

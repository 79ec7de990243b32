import type { EngineSource } from '@arena/engine';
import { readEngine } from '@arena/engine/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEngine } from './load.ts';

/** The server's files by name; what a test changes is what comes over the network. */
const files = new Map<string, Uint8Array<ArrayBuffer>>();
const { fetch } = globalThis;
let source: EngineSource;

const bytesOf = (data: BufferSource): Uint8Array<ArrayBuffer> =>
  new Uint8Array(data as Uint8Array<ArrayBuffer>);

const sha256 = async (data: Uint8Array<ArrayBuffer>): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

async function serve(): Promise<void> {
  const [host, step] = [bytesOf(source.host), bytesOf(source.step)];
  files.set('engine.wasm', host);
  files.set('engine-step.wasm', step);
  const list = {
    id: source.id,
    files: { 'engine.wasm': { sha256: source.id }, 'engine-step.wasm': { sha256: await sha256(step) } },
  };
  files.set('engine.json', new TextEncoder().encode(JSON.stringify(list)));
}

function setSecure(secure: boolean): void {
  Object.defineProperty(globalThis, 'isSecureContext', { value: secure, configurable: true });
}

beforeAll(async () => {
  source = await readEngine();
  globalThis.fetch = (path) => {
    const [, folder, id, name = ''] = (path as string).split('/');
    const found = folder === 'engine' && id === source.id ? files.get(name) : undefined;
    return Promise.resolve(found ? new Response(found) : new Response(null, { status: 404 }));
  };
  setSecure(true);
  await serve();
});
afterEach(async () => {
  setSecure(true);
  await serve();
});
afterAll(() => {
  globalThis.fetch = fetch;
});

describe('the engine from the server', () => {
  it('is taken when both files are what they should be', async () => {
    const { engine, checked } = await loadEngine(source.id);
    expect([engine.id, checked]).toEqual([source.id, true]);
    const game = engine.newGame({ seeds: { core: 1n, disp: 1n } });
    expect(game.ended).toBe(false);
    game.dispose();
  });

  it.each(['engine.wasm', 'engine-step.wasm'])('is refused for one other byte in %s', async (name) => {
    const other = (files.get(name) as Uint8Array<ArrayBuffer>).slice();
    other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
    files.set(name, other);
    await expect(loadEngine(source.id)).rejects.toThrow(
      new RegExp(`not the one that scored this game \\(${name.replaceAll('.', '\\.')}: `),
    );
  });

  it.each([
    '{',
    '{"files":{}}',
    '{"files":{"engine.wasm":{"sha256":"x"},"engine-step.wasm":{"sha256":"y"}}}',
  ])('is refused with the list %s', async (list) => {
    files.set('engine.json', new TextEncoder().encode(list));
    await expect(loadEngine(source.id)).rejects.toThrow(/not the one .*engine\.json/);
  });

  it('plays unchecked, and says so, where a browser cannot hash', async () => {
    setSecure(false);
    expect((await loadEngine(source.id)).checked).toBe(false);
  });

  it('that is kept no more is said to be', async () => {
    await expect(loadEngine('f'.repeat(64))).rejects.toThrow(/not kept on this server any more/);
  });
});

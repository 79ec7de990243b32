/// <reference lib="dom" />
/** Recorded games in a real browser: the same .wasm, loader and comparison as the golden command in Node. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';
import { crc32 as crc32OfNode } from 'node:zlib';
import { Engine } from '@arena/engine';
import { findGolden, readGoldenText } from '@arena/engine/golden/node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.ts';
import { crc32 } from '../kit/crc32.ts';
import type { GoldenPage, Played } from './golden-page.ts';

const root = new URL('../../../', import.meta.url).pathname;

const FOLDER = join(root, 'test/golden');
/** The committed ones, as paths below the folder. */
const RECORDED = findGolden([FOLDER]).map((path) => relative(FOLDER, path).replace(/\.json\.gz$/, ''));

const SERVED = ['/libs/engine/dist/', '/nle-wasm/dist/', '/nle-wasm/out/', '/test/dist/'];
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({
  imports: {
    '@arena/engine': '/libs/engine/dist/index.js',
    '@arena/engine/golden': '/libs/engine/dist/golden/index.js',
    '@arena/nle-wasm': '/nle-wasm/dist/index.js',
  },
})}</script><script type="module" src="/test/dist/browser/golden-page.js"></script>`;

async function contentOf(path: string): Promise<{ body: string | Buffer; type: string } | null> {
  if (path === '/') return { body: PAGE, type: 'text/html' };
  const id = /^\/golden\/([\w/-]+)$/.exec(path)?.[1];
  if (id !== undefined)
    return { body: readGoldenText(join(root, 'test/golden', `${id}.json.gz`)), type: 'application/json' };
  if (!SERVED.some((folder) => path.startsWith(folder))) return null;
  const body = await readFile(join(root, path)).catch(() => null);
  return body && { body, type: TYPES[extname(path)] ?? 'application/octet-stream' };
}

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = createServer((request, response) => {
    void contentOf(new URL(request.url ?? '/', 'http://host').pathname).then((content) => {
      if (content === null) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': content.type }).end(content.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await openBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
}, 60_000);

afterAll(async () => {
  server.close();
  await browser.close();
});

function playThere(id: string): Promise<Played> {
  return page.evaluate((wanted) => (window as unknown as GoldenPage).play(wanted), id);
}

describe('in the browser', () => {
  it('every recorded game and episode is identical, both ways, by the engine that Node has', async () => {
    const { id: engine } = await Engine.load();
    for (const id of RECORDED)
      expect({ id, ...(await playThere(id)) }).toMatchObject({ id, engine, difference: null });
    expect(RECORDED.length).toBeGreaterThan(75);
  }, 240_000);

  it('a game that goes another way is found', async () => {
    const changed = JSON.parse(readGoldenText(join(root, 'test/golden/full-walk.json.gz'))) as object;
    await page.route('**/golden/changed', (route) => route.fulfill({ json: { ...changed, core: '1' } }));
    expect((await playThere('changed')).difference).toMatch(/^observation 0 differs: .*glyphs/);
  });
});

it('the page’s CRC-32 is zlib’s', () => {
  for (let length = 0; length < 40; length += 1) {
    const bytes = randomBytes(length);
    expect(crc32(bytes)).toBe(crc32OfNode(bytes));
    expect(crc32(bytes, 12345)).toBe(crc32OfNode(bytes, 12345));
  }
});

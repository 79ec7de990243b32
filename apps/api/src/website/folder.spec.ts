import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { findCompressed } from './compressed.ts';
import { serveFolder } from './folder.ts';

const APP = Buffer.from('export const answer = 42;\n'.repeat(200));
const IDENTITY = undefined;
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-'));
  await mkdir(join(folder, 'assets'));
  const put = (name: string, bytes: string | Buffer) => writeFile(join(folder, name), bytes);
  await put('assets/app.js', APP);
  await put('assets/app.js.br', brotliCompressSync(APP));
  await put('assets/app.js.gz', gzipSync(APP));
  await put('plain.svg', '<svg/>');
  await put('old.js', 'new bytes');
  await put('old.js.br', brotliCompressSync('old bytes'));
  await put('old.js.gz', gzipSync(Buffer.alloc(10_000)));
  await put('cut.js', APP);
  await put('cut.js.gz', gzipSync(APP).subarray(0, 40));
  await put('changes.js', 'before');
  await put('changes.js.gz', gzipSync('before'));
  const application = express();
  application.use(await serveFolder(folder, { cacheControl: (name) => `max-age=${name.length}` }));
  server = createServer(application);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** As it comes over the wire: fetch would decompress it and ask for compression by itself. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

const accepting = (encodings: string, more: Record<string, string> = {}) =>
  get('/assets/app.js', { 'accept-encoding': encodings, ...more });

describe('a file with compressed copies', () => {
  it.each<[accepted: string, encoding: string | undefined]>([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0, br;q=0', IDENTITY],
    ['gzip;q=0.5, identity', IDENTITY],
    ['*', 'br'],
    ['*;q=0', IDENTITY],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['GZIP', 'gzip'],
    ['identity', IDENTITY],
    ['zstd', IDENTITY],
    ['', IDENTITY],
    ['gzip;q=nonsense', IDENTITY],
  ])('answers Accept-Encoding: %s with %s', async (accepted, encoding) => {
    const { status, headers, bytes } = await accepting(accepted);
    expect([status, headers['content-encoding'], headers.vary]).toEqual([200, encoding, 'Accept-Encoding']);
    const decode = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''] ?? ((same: Buffer) => same);
    expect(decode(bytes)).toEqual(APP);
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toMatch(/^max-age=/);
  });

  it('is not compressed for a client that names no encoding', async () => {
    const { headers, bytes } = await get('/assets/app.js');
    expect([headers['content-encoding'], headers.vary]).toEqual([IDENTITY, 'Accept-Encoding']);
    expect(bytes).toEqual(APP);
  });

  it('has an ETag for each encoding, which is fresh for that encoding alone', async () => {
    const answers = await Promise.all(['br', 'gzip', 'identity'].map((one) => accepting(one)));
    const tags = answers.map(({ headers }) => headers.etag ?? '');
    expect(new Set(tags).size).toBe(3);
    expect(tags).not.toContain('');
    const [br = '', gzip = ''] = tags;
    expect((await accepting('br', { 'if-none-match': br })).status).toBe(304);
    expect((await accepting('br', { 'if-none-match': gzip })).status).toBe(200);
    expect((await accepting('identity', { 'if-none-match': gzip })).status).toBe(200);
  });

  it('answers a range with bytes of the file itself', async () => {
    const { status, headers, bytes } = await accepting('br, gzip', { range: 'bytes=7-11' });
    expect([status, headers['content-encoding'], headers['content-range']]).toEqual([
      206,
      IDENTITY,
      `bytes 7-11/${APP.length}`,
    ]);
    expect(bytes.toString()).toBe('const');
    // Who has begun with the compressed copy gets the file from its start.
    const tag = (await accepting('br')).headers.etag ?? '';
    const again = await accepting('br', { range: 'bytes=7-11', 'if-range': tag });
    expect([again.status, again.bytes.length]).toEqual([200, APP.length]);
    expect((await accepting('br', { range: `bytes=${APP.length}-` })).status).toBe(416);
  });

  it('answers HEAD as it would GET', async () => {
    const { bytes: all } = await accepting('br');
    const { headers, bytes } = await get('/assets/app.js', { 'accept-encoding': 'br' }, 'HEAD');
    expect([headers['content-encoding'], headers['content-length'], bytes.length]).toEqual([
      'br',
      String(all.length),
      0,
    ]);
  });
});

describe('a compressed copy', () => {
  it.each(['/old.js', '/cut.js'])(
    'that does not hold the bytes of its file is not served: %s',
    async (path) => {
      const { headers, bytes } = await get(path, { 'accept-encoding': 'br, gzip' });
      expect(headers['content-encoding']).toBeUndefined();
      expect(bytes.toString()).toBe(path === '/old.js' ? 'new bytes' : APP.toString());
    },
  );

  it('is not served once its file has changed', async () => {
    const ask = () => get('/changes.js', { 'accept-encoding': 'gzip' });
    expect((await ask()).headers['content-encoding']).toBe('gzip');
    await writeFile(join(folder, 'changes.js'), 'afterwards');
    expect((await ask()).bytes.toString()).toBe('afterwards');
  });

  it('is found beside its file alone', async () => {
    expect([...(await findCompressed(folder)).keys()].sort()).not.toContain('plain.svg');
    expect(await findCompressed(join(folder, 'no such folder'))).toEqual(new Map());
    const { headers, bytes } = await get('/plain.svg', { 'accept-encoding': 'br' });
    expect([headers['content-encoding'], bytes.toString()]).toEqual([undefined, '<svg/>']);
  });
});

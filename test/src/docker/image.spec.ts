/** The API's image, and nginx before it, without a container engine: the same files, the same command, real requests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pack } from '@arena/archive/testing';
import { CHALLENGE_LIMITS } from '@arena/demo';
import type { ErrorView, SubmissionView } from '@arena/contracts';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNginx, type Nginx } from '../kit/nginx.ts';
import { root, text } from './dockerfile.ts';
import { inImage, makeImageRoot, packagesInImage } from './image-root.ts';

const TOKEN = 'token-of-the-organisers';
const LARGEST = 300_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let folder: string;
let image: string;
let database: TestDatabase;
let api: ChildProcess;
let apiAddress: string;
let nginx: Nginx;
let log = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arena-image-test-'));
  chmodSync(folder, 0o755);
  image = makeImageRoot('api', process.execPath);
  database = await openTestDatabase();
  const port = await freePort();
  const [command = '', ...args] = inImage('api', image, {
    DATABASE_URL: database.url,
    PORT: String(port),
    HOST: '127.0.0.1',
    ARENA_ADMIN_TOKEN: TOKEN,
    ARENA_MAX_UPLOAD_BYTES: String(LARGEST),
  });
  api = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      if (log.includes('ready on')) resolve();
    };
    api.stdout?.on('data', read);
    api.stderr?.on('data', read);
    api.once('close', (code) => {
      reject(new Error(`the API ended with ${String(code)}: ${log}`));
    });
  });
  await ready;
  apiAddress = `http://127.0.0.1:${port}`;
  nginx = await startNginx({
    folder: join(folder, 'nginx'),
    conf: text('docker/web.conf'),
    port: await freePort(),
    api: `127.0.0.1:${port}`,
    web: join(root, 'apps/web/build'),
  });
  const made = await fetch(`${nginx.address}/api/competitions/demo`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ name: 'Demo', description: '', gamesPerEvaluation: 2, limits: CHALLENGE_LIMITS }),
  });
  expect(made.status).toBe(200);
}, 120_000);

afterAll(async () => {
  await nginx.stop();
  api.removeAllListeners('close');
  const ended = new Promise((resolve) => api.once('close', resolve));
  api.kill('SIGTERM');
  await ended;
  await database.close();
  for (const path of [folder, image]) rmSync(path, { recursive: true, force: true });
}, 60_000);

const MANIFEST = {
  ...{ name: 'tester', version: '1.0.0', kind: 'symbolic', runtime: 'node', entry: 'main.js' },
  ...{ fields: ['blstats'], gamesAtOnce: 2, authors: ['A. Tester'] },
};
const archive = (): Promise<Buffer> =>
  pack([
    { name: 'arena.json', content: JSON.stringify(MANIFEST) },
    { name: 'main.js', content: 'export {};' },
  ]);
const upload = (address: string, body: Uint8Array): Promise<Response> =>
  fetch(`${address}/api/competitions/demo/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/gzip', authorization: `Bearer ${TOKEN}` },
    body: Buffer.from(body),
  });

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** As it comes over the wire, with no header that was not asked for. */
function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(address, { headers }, (response) => {
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

const decoded = ({ headers, bytes }: Answer): Buffer => {
  const encoding = headers['content-encoding'];
  return encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
};
const page = readFileSync(join(root, 'apps/web/build/index.html'), 'utf8');
const script = /src="(\/assets\/index-[^"]+\.js)"/.exec(page)?.[1] ?? '';

describe('the API’s image', () => {
  it('reads uploads in a sandbox', async () => {
    expect(log).toContain('uploads are read in sandboxes');
    const response = await upload(apiAddress, await archive());
    expect([response.status, ((await response.json()) as SubmissionView).agentName]).toEqual([201, 'tester']);
  });

  it('holds what the sandbox starts, and no Python, which only agents run on', () => {
    const packages = packagesInImage('api');
    for (const needed of ['bubblewrap', 'bash', 'coreutils', 'perl-base', 'libc6'])
      expect(packages).toContain(needed);
    expect(packages).not.toContain('python3');
  });

  it('serves the website and the engine, compressed', async () => {
    const answer = await get(apiAddress, { 'accept-encoding': 'br' });
    expect([answer.status, decoded(answer).toString()]).toEqual([200, page]);
    const { engineId } = (await (await fetch(`${apiAddress}/api/health`)).json()) as { engineId: string };
    const engine = await get(`${apiAddress}/engine/${engineId}/engine.wasm`, {
      'accept-encoding': 'gzip, br',
    });
    expect([engine.status, engine.headers['content-encoding'], engine.headers['content-type']]).toEqual([
      200,
      'br',
      'application/wasm',
    ]);
    expect(engine.bytes.length).toBeLessThan(1_500_000);
    expect(decoded(engine).equals(readFileSync(join(root, 'nle-wasm/out/engine.wasm')))).toBe(true);
  });
});

describe('nginx with docker/web.conf', () => {
  it('sends scripts compressed to those who take it, with an ETag for each encoding', async () => {
    const plain = await get(nginx.address + script);
    const gzip = await get(nginx.address + script, { 'accept-encoding': 'gzip, br' });
    const refused = await get(nginx.address + script, { 'accept-encoding': 'gzip;q=0' });
    expect([plain, gzip, refused].map(({ headers }) => headers['content-encoding'])).toEqual([
      undefined,
      'gzip',
      undefined,
    ]);
    for (const answer of [plain, gzip, refused]) {
      expect([answer.status, answer.headers['cache-control'], answer.headers.vary]).toEqual([
        200,
        'public, max-age=31536000, immutable',
        'Accept-Encoding',
      ]);
      expect(decoded(answer).equals(plain.bytes)).toBe(true);
    }
    expect(gzip.bytes.length).toBeLessThan(plain.bytes.length * 0.4);
    expect(gzip.headers.etag).not.toBe(plain.headers.etag);
    const part = await get(nginx.address + script, { range: 'bytes=10-19' });
    expect([part.status, part.bytes]).toEqual([206, plain.bytes.subarray(10, 20)]);
  });

  it('passes on what the API compressed', async () => {
    const answer = await get(`${nginx.address}/api/docs/swagger-ui-bundle.js`, { 'accept-encoding': 'br' });
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'br']);
  });

  it('sends pages with the status and the headers that the API sends them with', async () => {
    for (const [path, status] of [
      ['/', 200],
      ['/competitions/demo', 200],
      ['/competitions/none', 404],
      [`/games/${NOBODY}`, 404],
      ['/agents/zzz', 404],
      ['/what/ever', 404],
      ['/index.php', 404],
    ] as const) {
      const [through, direct] = await Promise.all([get(nginx.address + path), get(apiAddress + path)]);
      expect([path, through.status, through.bytes.toString()]).toEqual([path, status, page]);
      expect(direct.status).toBe(status);
      for (const name of Object.keys(direct.headers).filter((one) => /policy|options|cache/.test(one)))
        expect([path, name, through.headers[name]]).toEqual([path, name, direct.headers[name]]);
    }
  });

  it.each(['/healthz/none', '/metrics', '/metrics/x', '/api/none'])(
    'does not serve the website under %s',
    async (path) => {
      const { status, bytes } = await get(nginx.address + path);
      expect([status, (JSON.parse(bytes.toString()) as ErrorView).code]).toEqual([404, 'not_found']);
    },
  );

  it('leaves the limit of uploads to the API, which says what it is', async () => {
    const { status } = await upload(nginx.address, await archive());
    expect([201, 409]).toContain(status);
    const tooLarge = await upload(nginx.address, new Uint8Array(8 * 2 ** 20));
    expect([tooLarge.status, ((await tooLarge.json()) as ErrorView).message]).toEqual([
      413,
      expect.stringMatching(/larger than the 0\.3 MiB/),
    ]);
    expect(text('docker/web.conf').match(/client_max_body_size .*/g)).toEqual(['client_max_body_size 0;']);
  });

  it('tells of an API that is away by a 503 and its page, and goes on serving files', async () => {
    const away = await startNginx({
      folder: join(folder, 'away'),
      conf: text('docker/web.conf'),
      port: await freePort(),
      api: `127.0.0.1:${await freePort()}`,
      web: join(root, 'apps/web/build'),
    });
    try {
      const answer = await get(`${away.address}/competitions/demo`);
      expect([answer.status, answer.headers['retry-after'], answer.bytes.toString()]).toEqual([
        503,
        '10',
        page,
      ]);
      const data = await get(`${away.address}/api/competitions`);
      expect([
        data.status,
        data.headers['retry-after'],
        (JSON.parse(data.bytes.toString()) as ErrorView).code,
      ]).toEqual([503, '10', 'api_away']);
      for (const [path, status] of [
        ['/', 200],
        [script, 200],
        ['/what/ever', 404],
      ] as const)
        expect([path, (await get(away.address + path)).status]).toEqual([path, status]);
    } finally {
      await away.stop();
    }
  });
});

import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { ErrorView, SubmissionView } from '@arena/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeApi } from './openapi/document.ts';
import { ADMIN_TOKEN, agentArchive, startServer, type TestServer } from './testing/server.ts';

/** A request as a stranger may send it, and the answer it must get. Paths may name {id}, {game} and {slug} that exist. */
interface Case {
  /** What is wrong with it. */
  what: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** The body as text; `bytes` as hexadecimal digits; `repeat`: so often. */
  body?: string;
  bytes?: string;
  repeat?: number;
  status: number;
  code?: string;
  /** A regular expression for the message. */
  message?: string;
}
const CASES = JSON.parse(
  readFileSync(new URL('../src/testing/adversary.json', import.meta.url), 'utf8'),
) as Case[];

let server: TestServer;
const names: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer({ openSubmissions: true });
  await server.openCompetition('open');
  const submission = (await (await server.upload('open', await agentArchive())).json()) as SubmissionView;
  const page = (await (await server.get(`/api/submissions/${submission.id}/games`)).json()) as {
    games: { id: string }[];
  };
  Object.assign(names, { id: submission.id, game: page.games[0]?.id ?? '', slug: 'open' });
});
afterAll(() => server.close());

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** Node's own client, which sends paths, headers and bodies as they are. */
function send({ method = 'GET', path, headers = {}, body, bytes, repeat = 1 }: Case): Promise<Answer> {
  const part = bytes === undefined ? Buffer.from(body ?? '') : Buffer.from(bytes, 'hex');
  const whole = Buffer.concat(Array.from({ length: repeat }, () => part));
  const address = new URL(server.address);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: address.hostname, port: address.port, method, agent: false },
        headers: { 'content-length': whole.length, ...headers },
        path: path.replace(/\{(\w+)\}/g, (_all, name: string) => names[name] ?? ''),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(whole);
  });
}

/** The organiser's own requests, so that what is refused is the request and not its sender. */
const asOrganiser = (attack: Case): Case => ({
  ...attack,
  headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...attack.headers },
});

describe('a request that', () => {
  it.each(CASES.map((attack) => [attack.what, attack] as const))('%s', async (_what, attack) => {
    const { status, type, text } = await send(asOrganiser(attack));
    expect([status, type]).toEqual([attack.status, 'application/json; charset=utf-8']);
    if (status < 400) return;
    const view = JSON.parse(text) as ErrorView;
    expect(Object.keys(view).sort()).toEqual(['code', 'message']);
    expect(view.code).toBe(attack.code);
    expect(view.message).toMatch(new RegExp(attack.message ?? '.'));
    // One line that a terminal can show, and nothing of our inside.
    expect(view.message).not.toMatch(/[\p{Cc}\p{Cf}]|node_modules|at Object\.|\.js:|SELECT|syntax for type/u);
    expect(view.message.length).toBeLessThan(2000);
  });

  it('is wrong in any one of many ways never breaks the server', async () => {
    const paths = Object.entries(describeApi(server.application, '0').paths);
    expect(paths.length).toBeGreaterThan(10);
    for (const [template, item] of paths) {
      for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const) {
        const operation = item[method.toLowerCase() as 'get'];
        for (const odd of ODD) {
          const path = `${template.replaceAll(/\{\w+\}/g, odd)}?limit=${odd}&offset=${odd}&limit=${odd}`;
          const { status, text } = await send(asOrganiser({ what: '', method, path, body: odd, status: 0 }));
          const right = template.includes('{') || operation === undefined ? status >= 400 : status >= 200;
          expect([method, path, status, right && status < 500]).toEqual([method, path, status, true]);
          if (status >= 400)
            expect([method, path, status, text]).toEqual([
              method,
              path,
              status,
              expect.stringMatching(/^\{"code":"/),
            ]);
        }
      }
    }
    // And it still works.
    expect((await server.get('/api/health')).status).toBe(200);
    expect((await server.get(`/api/submissions/${names['id'] ?? ''}`)).status).toBe(200);
  });
});

/** As they stand in an address. */
const ODD = [
  '%00',
  '%FF%FE',
  '%E2%80%AE',
  '%F0%9F%90%89',
  '-1',
  '1e309',
  'NaN',
  '%27%3B--',
  '..%2F..%2Fetc%2Fpasswd',
  '__proto__',
  '[object%20Object]',
  '{}',
  'a'.repeat(3000),
];

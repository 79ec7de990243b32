import { Agent, request } from 'node:http';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { pack } from '@arena/archive/testing';
import type { Chance } from './chance.ts';
import type { Kind } from './kind.ts';
import { TOKEN, startServer } from './server.ts';
import { json, objectLike, text } from './texts.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const COMPETITION = {
  name: 'Fuzz',
  description: 'x',
  task: 'NetHackChallenge-v0',
  gamesPerEvaluation: 2,
  limits: CHALLENGE_LIMITS,
  character: '@',
  options: '',
  clock: 1_623_758_400,
  masterSeed: 'ab'.repeat(32),
};
const ID = '00000000-0000-4000-8000-000000000000';
const PLACES = [
  ...['/api/competitions', '/api/competitions/{}', '/api/competitions/{}/board', '/api/competitions/{}/live'],
  ...[
    '/api/submissions/{}',
    '/api/submissions/{}/games',
    '/api/submissions/{}/retry',
    '/api/games/{}',
    '/api/games/{}/tape',
  ],
  ...['/api/competitions/{}/submissions', '/api/health', '/api/schemas/{}', '/{}', '/api/{}'],
] as const;
const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset=x',
  'text/plain',
  'application/gzip',
  'multipart/form-data; boundary=\u00e4',
] as const;
const pickOf = (chance: Chance, list: readonly string[]): string => list[chance.below(list.length)] ?? '';

function address(chance: Chance): string {
  const name = chance.once(3)
    ? 'open'
    : chance.once(2)
      ? ID
      : encodeURIComponent(text(chance).replace(/\p{Cs}/gu, '\ufffd'));
  const path = pickOf(chance, PLACES).replace('{}', name);
  if (!chance.once(3)) return path;
  const value = encodeURIComponent(
    chance.once(2) ? json(chance, 0) : text(chance).replace(/\p{Cs}/gu, '\ufffd'),
  ).replaceAll('%EF%BF%BD', chance.pick(['%FF', '%00', '%']));
  return `${path}?${chance.pick(['limit', 'offset', '__proto__', 'limit[]', 'limit[a]'])}=${value}`.slice(
    0,
    9_000,
  );
}

function asked(chance: Chance): Asked {
  const body = chance.once(6) ? json(chance) : objectLike(chance, COMPETITION);
  const headers: Record<string, string> = {
    authorization: `Bearer ${chance.once(12) ? encodeURIComponent(text(chance).replace(/\p{Cs}/gu, '\ufffd')).slice(0, 200) : TOKEN}`,
    'content-type': chance.once(8) ? pickOf(chance, TYPES) : 'application/json',
  };
  if (chance.once(15))
    headers['x-odd'] = chance
      .bytes(chance.below(60))
      .toString('latin1')
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, '.');
  if (chance.once(40)) headers['x-long'] = 'y'.repeat(chance.below(20_000));
  if (chance.once(20)) headers['content-encoding'] = chance.pick(['gzip', 'br', 'deflate', 'x', 'identity']);
  if (!chance.once(4))
    return {
      method: 'PUT',
      path: `/api/competitions/${chance.once(3) ? 'open' : `fuzz-${chance.below(50)}`}`,
      headers,
      body,
    };
  const method = chance.pick(['GET', 'GET', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS']);
  return {
    method,
    path: address(chance),
    headers,
    body: method === 'GET' || method === 'OPTIONS' ? '' : body,
  };
}

/** One in so many is an upload, which takes a sandbox and 0.1 s. */
const UPLOADS = 400;
const UPLOAD_MARK = 'upload ';

export const bodies: Kind = {
  name: 'bodies',
  concurrency: 8,
  warmAfter: 5_000,
  open: async () => {
    const server = await startServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const call = (each: Asked, bytes: Buffer): Promise<{ status: number; body: string }> =>
      new Promise((resolve, reject) => {
        const sent = request(
          {
            ...{ host: '127.0.0.1', port: server.port, agent, method: each.method, path: each.path },
            headers: { ...each.headers, 'content-length': bytes.length },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
            });
          },
        );
        sent.on('error', reject);
        sent.end(bytes);
      });
    const good = JSON.stringify({ ...COMPETITION, masterSeed: undefined });
    const json_ = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    await call(
      { method: 'PUT', path: '/api/competitions/open', headers: json_, body: '' },
      Buffer.from(good),
    );
    return {
      make: (chance) => {
        if (chance.once(UPLOADS)) {
          const manifest = {
            name: `f${chance.next()}`,
            version: '1',
            kind: 'symbolic',
            runtime: 'node',
            entry: 'main.js',
            fields: ['blstats'],
            authors: ['x'],
            $schema: 'x',
          };
          return Buffer.from(UPLOAD_MARK + objectLike(chance, manifest));
        }
        return Buffer.from(JSON.stringify(asked(chance)));
      },
      feed: async (input) => {
        const words = Buffer.from(input).toString();
        const isUpload = words.startsWith(UPLOAD_MARK);
        const each = isUpload
          ? {
              method: 'POST',
              path: '/api/competitions/open/submissions',
              headers: { 'content-type': 'application/gzip' },
              body: '',
            }
          : (JSON.parse(words) as Asked);
        const bytes = isUpload
          ? await pack([
              { name: 'arena.json', content: words.slice(UPLOAD_MARK.length) },
              { name: 'main.js', content: '' },
            ])
          : Buffer.from(each.body);
        let answer: { status: number; body: string };
        try {
          answer = await call(each, bytes);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          // The server cut a request that is none of HTTP, or a kept connection that it had just closed.
          if (code === 'ECONNRESET' || code === 'EPIPE') return 'cut';
          if (code === 'ERR_UNESCAPED_CHARACTERS' || code === 'ERR_INVALID_CHAR') return 'not sent';
          throw error;
        }
        const { status, body } = answer;
        // A server that is full says so; nothing here may fill it but uploads beside each other.
        const full = status === 503 && isUpload && body.includes('too_many_uploads');
        if (status >= 500 && !full) throw new Error(`${status}: ${body.slice(0, 500)}`);
        if (status >= 400 && each.method !== 'OPTIONS' && status !== 431 && !/^\{"code":"/.test(body))
          throw new Error(`${status} without a code: ${body.slice(0, 200)}`);
        return `${isUpload ? 'upload ' : ''}${status}`;
      },
      memoryMiB: () => server.memoryMiB(),
      fault: () => server.fault(),
      close: async () => {
        agent.destroy();
        await server.close();
      },
    };
  },
};

import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { linger } from './linger.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A server that refuses every request as soon as its header is there. */
async function refusing(lingerMs?: number): Promise<void> {
  server = createServer((request, response: ServerResponse) => {
    linger(request, response, lingerMs);
    response.writeHead(413, { 'Content-Length': '3' }).end('no\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

async function post(headers: string[]): Promise<{ line: Socket; answer: () => string }> {
  const line = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  line.on('error', () => undefined);
  let text = '';
  await once(line, 'connect');
  line.write(['POST / HTTP/1.1', 'Host: arena', ...headers, '', ''].join('\r\n'));
  // Nothing is read until the body is sent: so do most clients, and a proxy's buffers are small.
  line.on('data', (data) => (text += data.toString()));
  line.pause();
  return { line, answer: () => text };
}

/** Sends `bytes` as a client that waits until the system has taken them. */
async function send(line: Socket, bytes: number): Promise<void> {
  const piece = Buffer.alloc(2 ** 16);
  const pieces = Readable.from(Array.from({ length: bytes / piece.length }, () => piece));
  await pipeline(pieces, line, { end: false });
}

describe('an answer that is given before the whole body has come', () => {
  it.each([[['Connection: close']], [['Connection: keep-alive']], [[]]])(
    'reaches its sender, who sends %j',
    async (headers) => {
      await refusing();
      const bytes = 16 * 2 ** 20;
      const { line, answer } = await post([`Content-Length: ${bytes}`, ...headers]);
      await send(line, bytes);
      line.resume();
      if (headers.includes('Connection: close')) await finished(line, { writable: false });
      else while (!answer().endsWith('no\n')) await once(line, 'data');
      expect(answer()).toMatch(/^HTTP\/1\.1 413 [^]*\r\n\r\nno\n$/);
      line.destroy();
    },
  );

  it('is followed by a cut when the body does not end', async () => {
    await refusing(100);
    const { line } = await post(['Content-Length: 1000000000']);
    line.resume();
    const drip = setInterval(() => line.write('x'), 5);
    // A reset is a cut, too.
    await new Promise((resolve) => line.once('close', resolve));
    clearInterval(drip);
    expect(server.listening).toBe(true);
  });

  it('keeps no connection whose sender asked to close it', async () => {
    await refusing();
    const { line, answer } = await post(['Content-Length: 5', 'Connection: close']);
    line.resume();
    line.write('12345');
    await finished(line, { writable: false });
    expect(answer()).toMatch(/no\n$/);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from 'express';
import { ApiError } from '../errors/api-error.ts';
import { bodyOf } from './upload.ts';

let server: Server;
beforeEach(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function open(): Promise<{ sender: ClientRequest; received: IncomingMessage }> {
  const { port } = server.address() as AddressInfo;
  const headers = { 'Content-Length': '10' };
  const sender = request({ port, host: '127.0.0.1', method: 'POST', headers });
  sender.on('error', () => undefined);
  sender.write('abcde');
  const [received] = (await once(server, 'request')) as [IncomingMessage];
  return { sender, received };
}

async function read(received: IncomingMessage, windowMs: number): Promise<string> {
  let text = '';
  for await (const chunk of bodyOf(received as Request, { bytesPerSecond: 1000, windowMs }))
    text += String(chunk);
  return text;
}

describe('the body of an upload', () => {
  it('is read to its end', async () => {
    const { sender, received } = await open();
    sender.end('fghij');
    expect(await read(received, 60_000)).toBe('abcdefghij');
  });

  it('is given up when it comes too slowly, and the sender is told', async () => {
    const { sender, received } = await open();
    const drip = setInterval(() => sender.write('f'), 20);
    const found = await read(received, 50).catch((error: unknown) => error);
    clearInterval(drip);
    expect(found).toBeInstanceOf(ApiError);
    expect(found).toMatchObject({ code: 'upload_stalled', status: 408 });
    expect((found as ApiError).message).toMatch(
      /^Only \d bytes of the archive came in 0\.05 s, and at least 50 must\. Check your connection/,
    );
    // The connection stands: an answer can still be sent over it.
    expect([received.destroyed, sender.destroyed]).toEqual([false, false]);
  });

  it('that its sender breaks off is the sender’s fault', async () => {
    const { sender, received } = await open();
    const found = read(received, 60_000).catch((error: unknown) => error);
    sender.destroy();
    expect(await found).toMatchObject({ code: 'upload_broken_off', status: 400 });
  });
});

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorView } from '@arena/contracts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_VISITOR_LIMITS, type VisitorLimits } from '../config/limits.ts';
import { IntakeService } from './intake.service.ts';
import { ADMIN_TOKEN, agentArchive, startServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
const slow: ClientRequest[] = [];
afterEach(async () => {
  for (const each of slow.splice(0)) each.destroy();
  await server.close();
});
const start = async (change: Partial<VisitorLimits>, openSubmissions = false): Promise<void> => {
  server = await startServer({ openSubmissions, visitors: { ...DEFAULT_VISITOR_LIMITS, ...change } });
  await server.openCompetition('open');
};

/** Begins an upload of a whole archive, of which the first bytes are sent. */
function begin(localAddress: string, archive: Buffer): ClientRequest {
  const sent = request(`${server.address}/api/competitions/open/submissions`, {
    ...{ method: 'POST', localAddress, agent: false, family: 4 },
    headers: {
      'Content-Type': 'application/gzip',
      'Content-Length': archive.length,
      Authorization: `Bearer ${ADMIN_TOKEN}`,
    },
  });
  slow.push(sent);
  sent.on('error', () => undefined);
  sent.write(archive.subarray(0, 20));
  return sent;
}
async function uploading(count: number): Promise<void> {
  const intake = server.application.get(IntakeService, { strict: false });
  while (intake.uploads !== count) await new Promise((resolve) => setTimeout(resolve, 10));
}

interface Reply {
  status: number;
  code?: string;
  message?: string;
  retryAfter: string | undefined;
}
async function replyTo(sent: ClientRequest): Promise<Reply> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const view = JSON.parse(text) as Partial<ErrorView>;
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], ...view };
}

describe('uploads', () => {
  it('that come slowly keep nobody else from uploading, and end well themselves', async () => {
    await start({ uploadsPerAddress: 8, uploads: 16, uploadBytesPerSecond: 1 });
    const archives = await Promise.all(
      Array.from({ length: 8 }, (_, each) => agentArchive({ name: `slow-${each}` })),
    );
    const senders = archives.map((archive) => begin('127.0.0.2', archive));
    await uploading(8);
    // More than are read at once; the ninth of this address is told to wait, for it and for nobody else.
    const ninth = await replyTo(begin('127.0.0.2', await agentArchive({ name: 'ninth' })));
    expect(ninth.status).toBe(429);
    expect([ninth.code, ninth.retryAfter]).toEqual(['too_many_uploads', '5']);
    expect(ninth.message).toMatch(/^8 uploads from your address/);
    expect((await server.upload('open', await agentArchive({ name: 'honest' }))).status).toBe(201);
    senders.forEach((sender, each) => sender.end(archives[each]?.subarray(20)));
    const replies = await Promise.all(senders.map(replyTo));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  });

  it('that are broken off give their places back', async () => {
    await start({ uploadsPerAddress: 2 });
    const archive = await agentArchive();
    for (let round = 0; round < 3; round++) {
      const senders = [begin('127.0.0.2', archive), begin('127.0.0.2', archive)];
      await uploading(2);
      for (const sender of senders) sender.destroy();
      await uploading(0);
    }
    const sender = begin('127.0.0.2', archive);
    sender.end(archive.subarray(20));
    expect((await replyTo(sender)).status).toBe(201);
  });

  it('of strangers are bounded in an hour where submissions are open, and those of organisers are not', async () => {
    await start({ submissionsPerAddress: 2 }, true);
    const hand = async (name: string, headers: Record<string, string>) =>
      server.upload('open', await agentArchive({ name }), headers);
    const stranger = { Authorization: '' };
    expect((await hand('one', stranger)).status).toBe(201);
    // What is refused counts for nothing.
    expect((await server.upload('open', Buffer.from('x'), stranger)).status).toBe(422);
    expect((await hand('two', stranger)).status).toBe(201);
    const third = await hand('three', stranger);
    expect([third.status, ((await third.json()) as ErrorView).code]).toEqual([429, 'too_many_submissions']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(3000);
    expect((await hand('four', {})).status).toBe(201);
  });

  it('take a bounded part of the disk, and a sender that fills its share leaves the rest to others', async () => {
    await start({ spoolBytes: 4 * 2 ** 20, uploadBytesPerSecond: 1 });
    const intake = server.application.get(IntakeService, { strict: false });
    const large = randomBytes(2 ** 20 - 50_000);
    const held: string[] = [];
    const hold = async (address: string) => {
      held.push(address);
      begin(address, large).write(large.subarray(20, -1));
      while (intake.spooledBytes < held.length * (large.length - 1)) await sleep(10);
    };
    await hold('127.0.0.2');
    const share = await replyTo(begin('127.0.0.2', randomBytes(100_000)));
    expect([share.status, share.code, share.retryAfter]).toEqual([429, 'spool_full', '30']);
    for (const address of ['127.0.0.3', '127.0.0.4', '127.0.0.5']) await hold(address);
    const full = await replyTo(begin('127.0.0.6', randomBytes(300_000)));
    expect([full.status, full.code, full.retryAfter]).toEqual([503, 'spool_full', '30']);
    expect((await server.upload('open', await agentArchive({ name: 'small' }))).status).toBe(201);
    for (const each of slow.splice(0)) each.destroy();
    await uploading(0);
    expect(intake.spooledBytes).toBe(0);
  });

  it('that the disk has no room for are the server’s fault', async () => {
    await start({ spoolDir: '/proc/arena-cannot-write-here' });
    const response = await server.upload('open', await agentArchive());
    expect([response.status, ((await response.json()) as ErrorView).code]).toEqual([503, 'spool_failed']);
    expect(response.headers.get('retry-after')).toBe('30');
  });
});

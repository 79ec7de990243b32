import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { Budget } from './budget.ts';
import { FairShare } from './fair-share.ts';
import { senderKey, Senders, siteOf } from './senders.ts';
import { Tally } from './tally.ts';

describe('a sender', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::9', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['not an address', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, key) => {
    expect(senderKey(address)).toBe(key);
  });

  const request = (remoteAddress: string, forwarded?: string) =>
    ({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  it('behind proxies is whom the last of them names', () => {
    const none = new Senders(0);
    expect(none.of(request('192.0.2.1', '198.51.100.1'))).toBe('192.0.2.1');
    const one = new Senders(1);
    expect(one.of(request('10.0.0.1', '203.0.113.9, 198.51.100.1'))).toBe('198.51.100.1');
    expect(one.of(request('10.0.0.1'))).toBe('10.0.0.1');
    expect(one.of(request('10.0.0.1', 'rubbish'))).toBe('unknown');
    const named = new Senders(['10.0.0.0/8', '::1']);
    expect(named.of(request('10.0.0.1', '203.0.113.9, 10.9.9.9'))).toBe('203.0.113.9');
    expect(named.of(request('192.0.2.1', '203.0.113.9'))).toBe('192.0.2.1');
  });

  it('is no proxy', () => {
    expect(new Senders(0).ofPeer('127.0.0.1')).toBe('127.0.0.1');
    expect(new Senders(1).ofPeer('127.0.0.1')).toBeNull();
    const named = new Senders(['10.0.0.0/8']);
    expect([named.ofPeer('10.1.2.3'), named.ofPeer('11.1.2.3')]).toEqual([null, '11.1.2.3']);
  });
});

describe('a tally', () => {
  it('counts each sender and all, and gives back once', () => {
    const tally = new Tally(2, 3);
    const back = [tally.take('a'), tally.take('a')];
    expect([tally.hasRoom('a'), tally.hasRoom('b')]).toEqual([false, true]);
    tally.take('b');
    expect(tally.hasRoom('c')).toBe(false);
    back[0]?.();
    back[0]?.();
    expect([tally.of('a'), tally.total, tally.hasRoom('a'), tally.hasRoom('c')]).toEqual([1, 2, true, true]);
  });
});

/** A /64 of the /48 that is told by its letter. */
const of = (site: string, each: number): string => senderKey(`2001:db8:${site}:${each.toString(16)}::1`);

describe('a site', () => {
  it('is the /48 of a /64, and an IPv4 address for itself', () => {
    expect([siteOf(of('a', 0)), siteOf(of('a', 0xffff)), siteOf(of('b', 0))]).toEqual([
      ...['2001:db8:a::/48', '2001:db8:a::/48', '2001:db8:b::/48'],
    ]);
    expect([siteOf('192.0.2.1'), siteOf('unknown')]).toEqual(['192.0.2.1', 'unknown']);
  });

  it('has four budgets, however many senders it has', async () => {
    const budget = new Budget(5);
    let letIn = 0;
    for (let each = 0; each < 100; each++) letIn += Number((await budget.spend(of('a', each))) === 0);
    expect(letIn).toBe(20);
    expect(await budget.peek(of('a', 100))).toBeGreaterThan(0);
    expect([await budget.peek(of('b', 1)), await budget.spend(of('b', 1))]).toEqual([0, 0]);
  });

  it('holds four times what one of its senders may, and at most half of all', () => {
    const [wide, narrow] = [new Tally(2), new Tally(2, 6)];
    const back: (() => void)[] = [];
    for (const [tally, most] of [
      [wide, 8],
      [narrow, 3],
    ] as const) {
      for (let each = 0; each < 100; each++)
        if (tally.hasRoom(of('a', each))) back.push(tally.take(of('a', each)));
      expect([tally.total, tally.hasRoom(of('a', 200)), tally.hasRoom(of('b', 1))]).toEqual([
        most,
        false,
        true,
      ]);
    }
    for (const giveBack of back) giveBack();
    expect([wide.total, wide.of('2001:db8:a::/48'), wide.hasRoom(of('a', 0))]).toEqual([0, 0, true]);
  });

  it('waits for its own in one line', async () => {
    const share = new FairShare(2);
    let [begun, end] = [0, (): void => undefined];
    const ended = new Promise<void>((resolve) => (end = resolve));
    const run = (sender: string) =>
      share.run(sender, async () => {
        begun++;
        await ended;
      });
    const runs = Array.from({ length: 50 }, (_, each) => run(of('a', each)));
    runs.push(run(of('b', 1)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(3);
    end();
    await Promise.all(runs);
    expect(begun).toBe(51);
  });
});

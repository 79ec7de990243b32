import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { senderKey, Senders } from './senders.ts';
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

import { CHANNELS, WATCH_EXPIRE_MS } from '@arena/contracts';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FrameSender } from './frame-sender.ts';

const shard = { watch: jest.fn(), unwatch: jest.fn() };
const fail = (error: unknown): never => {
  throw error;
};

beforeEach(() => {
  jest.useFakeTimers();
  shard.watch.mockReset();
  shard.unwatch.mockReset();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('FrameSender', () => {
  it('asks for pictures while somebody watches, and no longer', () => {
    const sender = new FrameSender(() => Promise.resolve(), fail);
    sender.add('g', shard);
    sender.watched('g');
    jest.advanceTimersByTime(WATCH_EXPIRE_MS - 1);
    sender.watched('g');
    jest.advanceTimersByTime(WATCH_EXPIRE_MS - 1);
    expect(shard.watch).toHaveBeenCalledTimes(1);
    expect(shard.unwatch).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(shard.unwatch).toHaveBeenCalledTimes(1);
  });

  it('ignores games of other workers and games that are over', () => {
    const sender = new FrameSender(() => Promise.resolve(), fail);
    sender.add('g', shard);
    sender.remove('g');
    sender.watched('g');
    sender.watched('other');
    expect(shard.watch).not.toHaveBeenCalled();
  });

  it('drops a picture while the one before is under way', async () => {
    const sent: unknown[][] = [];
    const waiting: (() => void)[] = [];
    const sender = new FrameSender((_sql, values) => {
      sent.push(values);
      return new Promise<void>((resolve) => waiting.push(resolve));
    }, fail);
    sender.send('g', Uint8Array.of(1, 2, 3));
    sender.send('g', Uint8Array.of(4));
    sender.send('h', Uint8Array.of(5));
    expect(sent).toEqual([
      [CHANNELS.frames, 'g AQID'],
      [CHANNELS.frames, 'h BQ=='],
    ]);
    waiting[0]?.();
    await jest.advanceTimersByTimeAsync(0);
    sender.send('g', Uint8Array.of(6));
    expect(sent).toHaveLength(3);
  });
});

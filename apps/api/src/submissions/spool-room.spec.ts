import { describe, expect, it } from '@jest/globals';
import { SpoolFullError, SpoolRoom } from './spool-room.ts';

const refusal = (work: () => void): SpoolFullError | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof SpoolFullError) return error;
    throw error;
  }
};

describe('the room for uploads on the disk', () => {
  it('is a quarter for one sender, whatever it has open, and whole for all', () => {
    const room = new SpoolRoom(400, 50);
    const [first, second] = [room.open('a'), room.open('a')];
    first.take(60);
    second.take(40);
    expect(
      refusal(() => {
        first.take(1);
      }),
    ).toMatchObject({ isShare: true, most: 100 });
    for (const sender of ['b', 'c', 'd']) room.open(sender).take(100);
    expect(
      refusal(() => {
        room.open('e').take(1);
      }),
    ).toMatchObject({ isShare: false, most: 400 });
    expect(room.bytes).toBe(400);
    first.release();
    first.release();
    expect(room.bytes).toBe(340);
    room.open('e').take(60);
  });

  it('takes nothing when it is only asked', () => {
    const room = new SpoolRoom(400, 50);
    const place = room.open('a');
    place.require(100);
    expect(
      refusal(() => {
        place.require(101);
      }),
    ).toMatchObject({ isShare: true });
    expect(room.bytes).toBe(0);
  });

  it('holds the largest upload, however small it was set', () => {
    const place = new SpoolRoom(10, 1000).open('a');
    place.take(1000);
    expect(
      refusal(() => {
        place.take(1);
      }),
    ).not.toBeNull();
  });
});

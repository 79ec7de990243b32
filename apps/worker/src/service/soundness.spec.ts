import { describe, expect, it } from '@jest/globals';
import { Soundness } from './soundness.ts';

interface Worker {
  sound: boolean;
  /** Whether each next look at the disk finds room; the last one stays. */
  room: boolean[];
  /** Whether the worker's row can be written. */
  told: boolean;
  did: string[];
  soundness: Soundness;
  back: Promise<void>;
}

/** A worker whose sandbox works or not; what it did, in order. */
function worker(): Worker {
  const did: string[] = [];
  let cameBack: () => void = () => undefined;
  const back = new Promise<void>((resolve) => {
    cameBack = resolve;
  });
  const self: Worker = {
    sound: true,
    room: [true],
    told: true,
    did,
    back,
    soundness: new Soundness({
      probe: () => (self.sound ? Promise.resolve() : Promise.reject(new Error('no namespaces'))),
      write: () => {
        const [room] = self.room.length > 1 ? self.room.splice(0, 1) : self.room;
        did.push(room ? 'room' : 'full');
        return room ? Promise.resolve() : Promise.reject(new Error('ENOSPC'));
      },
      leave: (reason) => {
        did.push(reason);
        // Mended in the meantime.
        self.sound = true;
        return self.told ? Promise.resolve() : Promise.reject(new Error('no database'));
      },
      comeBack: () => {
        did.push('back');
        cameBack();
        return Promise.resolve();
      },
      onError: (error) => did.push(String(error)),
      lookAgainMs: 1,
    }),
  };
  return self;
}

it('leaves after the third failure in a row, says why, and comes back when it can', async () => {
  const self = worker();
  self.sound = false;
  await self.soundness.failed('one');
  await self.soundness.failed('two');
  expect(self.did).toEqual([]);
  await self.soundness.failed('three');
  expect(self.did).toEqual(['3 failures in a row, the last: three; and now: no namespaces']);
  await self.back;
  expect(self.did.at(-1)).toBe('back');
  self.soundness.stop();
});

it('stays after failures that are not in a row, or that a sandbox does not share', async () => {
  const self = worker();
  self.sound = false;
  for (let i = 0; i < 3; i++) {
    await self.soundness.failed('one');
    await self.soundness.failed('two');
    self.soundness.succeeded();
  }
  self.sound = true;
  for (let i = 0; i < 7; i++) await self.soundness.failed('the engine fell over this agent’s game');
  expect(self.did).toEqual([]);
  self.soundness.stop();
});

describe('a worker whose disk failed', () => {
  const LEFT = 'ENOSPC. Make room there: the worker looks every 5 s and goes on by itself';

  it('leaves at once, and comes back after two good looks in a row', async () => {
    const self = worker();
    self.room = [false, false, true, false, true, true];
    await self.soundness.broke();
    expect(self.did).toEqual(['full', LEFT]);
    await self.back;
    expect(self.did.slice(2)).toEqual(['full', 'room', 'full', 'room', 'room', 'back']);
    self.soundness.stop();
  });

  it('stays where others still find room: one agent was too large for what is left', async () => {
    const self = worker();
    await self.soundness.broke();
    expect(self.did).toEqual(['room']);
    self.soundness.stop();
  });

  it('says so again at each look until its row could be written', async () => {
    const self = worker();
    self.room = [false, false, true, true];
    self.told = false;
    await self.soundness.broke();
    expect(self.did).toEqual(['full', LEFT, 'Error: no database']);
    self.told = true;
    await self.back;
    expect(self.did.slice(3)).toEqual(['full', LEFT, 'room', 'room', 'back']);
    self.soundness.stop();
  });
});

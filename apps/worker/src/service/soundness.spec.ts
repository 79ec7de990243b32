import { expect, it } from '@jest/globals';
import { Soundness } from './soundness.ts';

interface Worker {
  sound: boolean;
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
    did,
    back,
    soundness: new Soundness({
      probe: () => (self.sound ? Promise.resolve() : Promise.reject(new Error('no namespaces'))),
      leave: (reason) => {
        did.push(reason);
        // Mended in the meantime.
        self.sound = true;
        return Promise.resolve();
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

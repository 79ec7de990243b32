import type { ReplayView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { tapeOf } from './replay.fixture.ts';
import { keysOf, settingsOf } from './tape.ts';

const replay: ReplayView = {
  gameId: 'g',
  engineId: 'e',
  seeds: { core: '18446744073709551615', disp: '7', reseed: false },
  character: '@',
  options: '',
  clock: 1_623_758_400,
  tape: tapeOf([0, 32, 107, 255]),
};

describe('tape', () => {
  it('reads every byte', () => {
    expect([...keysOf(replay)]).toEqual([0, 32, 107, 255]);
  });

  it('says who is to blame for a damaged one', () => {
    expect(() => keysOf({ ...replay, tape: '***' })).toThrow(/fault of the platform/);
  });

  it('keeps 64-bit seeds whole', () => {
    expect(settingsOf(replay).seeds.core).toBe(18_446_744_073_709_551_615n);
  });

  it('leaves the options to the engine only when none were stored', () => {
    expect(settingsOf(replay)).not.toHaveProperty('options');
    expect(settingsOf({ ...replay, options: 'number_pad:0' })).toMatchObject({ options: 'number_pad:0' });
  });
});

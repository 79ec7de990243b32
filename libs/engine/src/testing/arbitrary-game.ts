import fc from 'fast-check';
import { ACTIONS } from '../actions.ts';
import type { GameSettings } from '../settings.ts';

const seed = fc.bigInt(0n, (1n << 64n) - 1n);

/** Any game: seeds, role, mode, clock, with and without a level seed. */
export const arbitrarySettings: fc.Arbitrary<GameSettings> = fc
  .record({
    core: seed,
    disp: seed,
    lgen: fc.option(seed),
    reseed: fc.boolean(),
    character: fc.constantFrom(
      '@',
      'wiz-elf-cha-mal',
      'pri-hum-law-fem',
      'arc-dwa-law-mal',
      'val-hum-neu-fem',
    ),
    debug: fc.boolean(),
    spawnMonsters: fc.boolean(),
    clock: fc.integer({ min: 0, max: 0x7fff_ffff }),
  })
  .map(({ core, disp, lgen, reseed, ...rest }) => ({
    seeds: { core, disp, reseed, ...(lgen === null ? {} : { lgen }) },
    ...rest,
  }));

/** So many keys at most, of all actions and of what answers most questions. */
export const arbitraryKeys = (most: number): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(...ACTIONS.map(({ key }) => key), 32, 121), { maxLength: most, size: 'max' });

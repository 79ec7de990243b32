import { FIELDS } from '@arena/engine';
import fc from 'fast-check';
import { type Tape, type TapeEnd, checkpointCount } from '../tape.ts';

const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const printable = (least: number, most: number) =>
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: least,
    maxLength: most,
  });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const count = fc.integer({ min: 0, max: 0xffff_ffff });

const settings = fc
  .record({
    core: seed,
    disp: seed,
    lgen: fc.option(seed),
    reseed: fc.boolean(),
    character: printable(0, 40),
    options: printable(0, 500).filter((text) => !/^[/\\@]/.test(text)),
    debug: fc.boolean(),
    spawnMonsters: fc.boolean(),
    screenDescriptions: fc.boolean(),
    clock: fc.integer({ min: 0, max: 0x7fff_ffff }),
    fuel: fc.integer({ min: 1, max: 0x7fff_ffff }),
  })
  .map(({ core, disp, lgen, reseed, debug, options, ...rest }) => ({
    seeds: { core, disp, ...(lgen === null ? {} : { lgen }), reseed },
    debug,
    // An options text decides the mode, so the two may not contradict each other.
    options: debug ? `playmode:debug,${options}` : options,
    ...rest,
  }));

const ended = fc.record({
  kind: fc.constant('ended' as const),
  how: fc.integer({ min: 0, max: 15 }),
  xlogfile: fc.option(
    fc.string({
      unit: fc
        .integer({ min: 0, max: 255 })
        .filter((code) => code !== 10)
        .map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 600,
    }),
  ),
});
const otherEnd = fc.constantFrom<TapeEnd>({ kind: 'open' }, { kind: 'fault' });

/** Any tape that the format can say, of games that were never played. */
export const arbitraryTape: fc.Arbitrary<Tape> = fc
  .record({
    engineId: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('hex')),
    settings,
    keys: fc.uint8Array({ maxLength: 3000, size: 'max' }),
    end: fc.oneof(ended, otherEnd),
    figures: fc.record({ score: fc.maxSafeInteger(), turns: count, deepestLevel: count }),
    every: fc.oneof(fc.integer({ min: 50, max: 2000 }), fc.constant(0xffff_ffff)),
    fields: fc.subarray(
      FIELDS.map(({ name }) => name),
      { minLength: 1 },
    ),
  })
  .chain(({ keys, every, end, ...rest }) => {
    const checkpoints = checkpointCount(keys.length, every);
    return fc.record({
      ...(Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, fc.constant(value)])) as {
        [Name in keyof typeof rest]: fc.Arbitrary<(typeof rest)[Name]>;
      }),
      keys: fc.constant(keys),
      every: fc.constant(every),
      end: fc.constant<TapeEnd>(keys.length === 0 ? { kind: 'open' } : end),
      checkpoints: fc.array(digest, { minLength: checkpoints, maxLength: checkpoints }),
    });
  });

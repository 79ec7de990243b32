import { type CompleteSettings, FIELDS, type FieldName } from '@arena/engine';
import { TapeError } from '../errors.ts';
import type { Tape } from '../tape.ts';
import { type Cursor, Sheet } from './cursor.ts';
import { ALL_FLAGS, FLAGS, MAGIC, SHA256_BYTES, VERSION } from './layout.ts';

export type Head = Pick<Tape, 'engineId' | 'settings' | 'every' | 'fields'>;

function versionOf({ screenDescriptions }: CompleteSettings): number {
  return screenDescriptions ? VERSION.requested : VERSION.untouched;
}

function flagsOf({ seeds, debug, spawnMonsters, screenDescriptions }: CompleteSettings): number {
  return (
    (seeds.reseed ? FLAGS.reseed : 0) |
    (seeds.lgen === undefined ? 0 : FLAGS.levelSeed) |
    (debug ? FLAGS.debug : 0) |
    (spawnMonsters ? FLAGS.spawnMonsters : 0) |
    (screenDescriptions ? 0 : FLAGS.untouched)
  );
}

function maskOf(fields: readonly FieldName[]): number {
  return FIELDS.reduce((mask, { name }, i) => (fields.includes(name) ? mask | (1 << i) : mask), 0);
}

/** Everything that entered the game but its keys, as bytes: a tape begins with them, and so does its first digest. */
export function writeHead({ engineId, settings, every, fields }: Head): Uint8Array {
  const { seeds, character, options, clock, fuel } = settings;
  const sheet = new Sheet()
    .bytes(MAGIC)
    .u16(versionOf(settings))
    .u16(flagsOf(settings))
    .u32(maskOf(fields))
    .u64(seeds.core)
    .u64(seeds.disp)
    .u64(seeds.lgen ?? 0n)
    .u32(clock)
    .u32(fuel)
    .u32(every)
    .bytes(
      Uint8Array.from({ length: SHA256_BYTES }, (_, i) => parseInt(engineId.slice(2 * i, 2 * i + 2), 16)),
    )
    .u8(character.length)
    .latin1(character)
    .u16(options.length)
    .latin1(options);
  return sheet.written;
}

/** Throws TapeError `not_a_tape`, `unknown_version`, `truncated` or `bad_tape`. */
export function readHead(cursor: Cursor): Head {
  const begin = cursor.latin1(MAGIC.length);
  if (begin !== String.fromCharCode(...MAGIC))
    throw new TapeError('not_a_tape', 'this is no tape: it does not begin as one does');
  const version = cursor.u16();
  if (version !== VERSION.requested && version !== VERSION.untouched) {
    throw new TapeError(
      'unknown_version',
      `this tape is of version ${version} of the format; this program knows ${VERSION.requested} and ${VERSION.untouched}. Use a newer arena`,
    );
  }
  const flags = cursor.u16();
  const mask = cursor.u32();
  const core = cursor.u64();
  const disp = cursor.u64();
  const lgen = cursor.u64();
  const clock = cursor.u32();
  const fuel = cursor.u32();
  const every = cursor.u32();
  const engineId = Array.from(cursor.bytes(SHA256_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  const character = cursor.latin1(cursor.u8());
  const options = cursor.latin1(cursor.u16());
  const hasLevelSeed = (flags & FLAGS.levelSeed) !== 0;
  const isUntouched = (flags & FLAGS.untouched) !== 0;
  if (isUntouched !== (version === VERSION.untouched))
    throw new TapeError('bad_tape', 'this is no sound tape: its version and its flags contradict each other');
  if ((flags & ~ALL_FLAGS) !== 0 || mask >>> FIELDS.length !== 0 || (!hasLevelSeed && lgen !== 0n))
    throw new TapeError('bad_tape', 'this is no sound tape: bits are set that mean nothing in this version');
  return {
    engineId,
    settings: {
      seeds: {
        core,
        disp,
        ...(hasLevelSeed ? { lgen } : {}),
        reseed: (flags & FLAGS.reseed) !== 0,
      },
      character,
      debug: (flags & FLAGS.debug) !== 0,
      options,
      spawnMonsters: (flags & FLAGS.spawnMonsters) !== 0,
      screenDescriptions: !isUntouched,
      clock,
      fuel,
    },
    every,
    fields: FIELDS.filter((_, i) => (mask & (1 << i)) !== 0).map(({ name }) => name),
  };
}

import { describe, expect, it } from '@jest/globals';
import { Chance } from './chance.ts';
import { archives } from './archives.ts';
import { bodies } from './bodies.ts';
import { manifests } from './manifests.ts';
import { tapes, ttyrecs } from './recordings.ts';
import { runKind } from './run.ts';
import { sockets } from './sockets.ts';
import type { Kind } from './kind.ts';

/** What must be among the verdicts: a fuzzer whose inputs are all refused at the first byte finds nothing. */
const CASES: [Kind, number, string[]][] = [
  [
    archives,
    1_500,
    [
      'accepted',
      'archive_not_tar',
      'archive_not_gzip',
      'archive_link',
      'archive_bad_name',
      'archive_no_manifest',
    ],
  ],
  [manifests, 3_000, ['accepted', 'refused as a whole', 'refused by field']],
  [tapes, 2_000, ['read', 'bad_tape', 'damaged', 'truncated', 'not_a_tape']],
  [ttyrecs, 2_000, ['read', 'bad_ttyrec']],
  [bodies, 500, ['200', '400', '404']],
  [sockets, 500, ['answered', 'closed']],
];

describe('made-up inputs of strangers', () => {
  it.each(CASES.map(([kind, count, verdicts]) => [kind.name, kind, count, verdicts] as const))(
    '%s are all taken or refused, without a fault, a hang or growth',
    async (_name, kind, count, verdicts) => {
      const report = await runKind(kind, count, 11);
      expect(report.failure).toBeNull();
      expect(report.count).toBe(count);
      expect(Object.keys(report.verdicts)).toEqual(expect.arrayContaining(verdicts));
    },
    120_000,
  );

  it('are the same for the same seed and number, and others for another', async () => {
    for (const kind of [archives, manifests, tapes, ttyrecs]) {
      const taker = await kind.open();
      const made = (seed: number, index: number) =>
        Buffer.from(taker.make(new Chance(seed, kind.name, index))).toString('hex');
      const list = (seed: number) => Array.from({ length: 20 }, (_, index) => made(seed, index));
      expect(list(1)).toEqual(list(1));
      expect(list(1)).not.toEqual(list(2));
      await taker.close();
    }
  });

  it('that fail are told with what plays them again', async () => {
    const broken: Kind = {
      ...manifests,
      open: async () => ({
        ...(await manifests.open()),
        feed: (input) =>
          input.length % 7 === 3 ? Promise.reject(new Error('broken')) : Promise.resolve('taken'),
      }),
    };
    const { failure, count } = await runKind(broken, 1_000, 5);
    expect(failure?.message).toMatch(/^Error: broken/);
    const again = await runKind(broken, 1, 5, {}, failure?.index);
    expect(again.failure?.input).toEqual(failure?.input);
    expect(count).toBe(failure?.index);
  });
});

import { describe, expect, it } from '@jest/globals';
import { allFaults, sandboxesCheck } from './sandbox-faults.ts';

const NOW = Date.parse('2026-01-02T12:00:00.000Z');
const MINUTE = 60_000;
const ofWorker = (minutesAgo: number) => ({
  ...{ worker: 'one', kind: 'watch', message: 'the watch stood still' },
  at: new Date(NOW - minutesAgo * MINUTE).toISOString(),
});
const own = (minutesAgo: number) => ({
  ...{ kind: 'not_ended' as const, message: 'processes are left' },
  at: NOW - minutesAgo * MINUTE,
});

describe('the faults of sandboxes', () => {
  it('are those of workers and of the server itself, the latest first, for a day', () => {
    const faults = allFaults([ofWorker(3), ofWorker(9)], [own(25 * 60), own(7), own(1)], NOW);
    expect(faults.map(({ worker, at }) => [worker, (NOW - Date.parse(at)) / MINUTE])).toEqual([
      [null, 1],
      ['one', 3],
      [null, 7],
      ['one', 9],
    ]);
  });

  it.each([
    [
      'a fresh one of a worker fails the check',
      [ofWorker(4)],
      [],
      'On the worker one: the watch stood still',
    ],
    [
      'a fresh one of the server fails it',
      [],
      [own(4)],
      'Where this server reads uploads: processes are left',
    ],
    ['an older one does not', [ofWorker(6)], [own(5)], null],
    ['none does not', [], [], null],
  ])('%s', (_title, workers, server, message) => {
    const check = sandboxesCheck(allFaults(workers, server, NOW), NOW);
    expect(check).toEqual({ name: 'sandboxes', ok: message === null, message });
  });
});

import { ENDED_BEFORE } from '@arena/contracts';
import { game } from '@arena/contracts/testing';
import { describe, expect, it } from '@jest/globals';
import { faultsReport, lastLines } from './fault.ts';

const invalid = (index: number, came: string): ReturnType<typeof game> =>
  game(index, {
    verdict: 'invalid_action',
    verdictReason: `the agent answered no action: ${came}`,
    endReason: 'agent',
  });
const crashed = (index: number): ReturnType<typeof game> =>
  game(index, { verdict: 'crashed', verdictReason: 'exit code 1', endReason: 'agent' });
const logs = (...texts: (string | null)[]): { log: string | null }[] => texts.map((log) => ({ log }));

describe('games that did not go well', () => {
  it('are told each kind once, and each output once', () => {
    const rows = [crashed(0), game(1, {}), invalid(2, 'nan'), crashed(3), invalid(4, '1.5')];
    expect(faultsReport(rows, logs('Trace\n', null, 'both\n', 'Trace\n', 'both\n'))).toBe(
      [
        'game 1, and 1 more alike: Agent crashed: exit code 1\n  The last it printed:\n    Trace',
        'game 3: the agent answered no action: nan\n  The last it printed:\n    both',
        'game 5: the agent answered no action: 1.5\n  The last it printed is what game 3 shows.',
      ].join('\n\n'),
    );
  });

  it('are three kinds at most; the others are counted', () => {
    const rows = ['1', '2', '3', '4', '5'].map((came, i) => invalid(i, came));
    const last = (count: number): string | undefined =>
      faultsReport(rows.slice(0, count), logs()).split('\n\n')[3];
    expect([3, 4, 5].map(last)).toEqual([
      undefined,
      '1 other kind of failure; see --json',
      '2 other kinds of failure; see --json',
    ]);
  });

  it('are told, too, where a process ended between two games', () => {
    const note = `${ENDED_BEFORE}: exit code 1.\nError: over`;
    expect(faultsReport([game(0, {}), game(1, {})], logs(null, note))).toBe(
      `game 2: OK\n  The last it printed:\n    ${ENDED_BEFORE}: exit code 1.\n    Error: over`,
    );
  });

  it('say so where nothing was printed, and nothing at all where all went well', () => {
    expect(faultsReport([crashed(0)], logs(' \n'))).toBe(
      'game 1: Agent crashed: exit code 1\n  It printed nothing.',
    );
    expect(faultsReport([game(0, {})], logs('noise'))).toBe('');
  });
});

it('of an output the last lines are shown, without what a terminal would obey', () => {
  expect(lastLines('one\ntwo\n\tthree \u001b[2J\n', 2)).toMatch(
    /^ {4}… 1 line before\n {4}two\n {8}three [^\u001b]*$/,
  );
});

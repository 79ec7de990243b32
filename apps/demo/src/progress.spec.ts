import { describe, expect, it } from '@jest/globals';
import { Progress, type Sight } from './progress.ts';

const limits = { stalledMs: 100, phaseMs: 1_000 };
const worker = (phase: string | null, cpuMs = 0): Sight[] => [{ name: 'worker', phase, cpuMs }];

describe('the progress of a start', () => {
  it('goes on for as long as new phases come', () => {
    const progress = new Progress(0, limits);
    for (let at = 0; at < 100; at++) expect(progress.look(at * 90, worker(`phase ${at}`))).toBeNull();
    expect(progress.look(99 * 90 + 101, worker('phase 99'))).toBe('nothing has moved for 0 s');
  });

  it('goes on within a phase for as long as processor time is used, up to that phase’s limit', () => {
    const progress = new Progress(0, limits);
    for (let at = 0; at <= 10; at++)
      expect(progress.look(at * 99, worker('compiling', at * 3_000))).toBeNull();
    expect(progress.look(1_001, worker('compiling', 40_000))).toBe('the same phase has taken 1 s');
  });

  it('is none where a service only polls', () => {
    const progress = new Progress(0, limits);
    expect(progress.look(0, worker('waiting', 10))).toBeNull();
    expect(progress.look(60, worker('waiting', 600))).toBeNull();
    expect(progress.look(101, worker('waiting', 1_000))).toMatch(/^nothing has moved/);
  });

  it('is none where a service dies and tells the same phases again', () => {
    const progress = new Progress(0, limits);
    expect(progress.look(0, worker('one'))).toBeNull();
    expect(progress.look(50, worker('two'))).toBeNull();
    expect(progress.look(100, worker('one'))).toBeNull();
    expect(progress.look(151, worker('two'))).toMatch(/^nothing has moved/);
  });

  it('counts processor time of a service that was started again from its new beginning', () => {
    const progress = new Progress(0, limits);
    expect(progress.look(0, worker('one', 50_000))).toBeNull();
    expect(progress.look(90, worker('one', 0))).toBeNull();
    expect(progress.look(99, worker('one', 3_000))).toBeNull();
    expect(progress.look(190, worker('one', 3_000))).toBeNull();
  });
});

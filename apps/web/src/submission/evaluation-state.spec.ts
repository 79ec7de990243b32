import type { EvaluationView, SubmissionView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { applyProgress } from './evaluation-state.ts';

const evaluation = (over: Partial<EvaluationView>): EvaluationView => ({
  id: 'e1',
  state: 'running',
  gamesDone: 3,
  gamesTotal: 8,
  gamesAhead: null,
  obstacle: null,
  reason: null,
  log: null,
  startedAt: null,
  finishedAt: null,
  board: null,
  ...over,
});
const submission = { id: 's', evaluation: evaluation({}) } as SubmissionView;
const after = (over: Partial<EvaluationView>): EvaluationView =>
  applyProgress(submission, evaluation(over)).evaluation;

describe('applyProgress', () => {
  it('goes forward', () => {
    expect(after({ gamesDone: 4 }).gamesDone).toBe(4);
    expect(after({ gamesDone: 3, state: 'failed', reason: 'no worker' }).reason).toBe('no worker');
  });

  it('ignores what was overtaken', () => {
    expect(after({ gamesDone: 2 }).gamesDone).toBe(3);
    expect(after({ gamesDone: 3, state: 'queued' }).state).toBe('running');
  });

  it('starts again with another evaluation', () => {
    expect(after({ id: 'e2', gamesDone: 0, state: 'queued' })).toMatchObject({ id: 'e2', gamesDone: 0 });
  });
});

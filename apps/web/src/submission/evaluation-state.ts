import type { EvaluationView, SubmissionView } from '@arena/contracts';

const ORDER = { queued: 0, running: 1, finished: 2, failed: 2 } as const;

/**
 * Takes an `evaluation:progress` event. Events carry no version, so one that tells of fewer games, or of an earlier
 * state with as many, was overtaken and changes nothing.
 */
export function applyProgress(submission: SubmissionView, evaluation: EvaluationView): SubmissionView {
  const old = submission.evaluation;
  const sameRun = old.id === evaluation.id;
  const older =
    sameRun &&
    (evaluation.gamesDone < old.gamesDone ||
      (evaluation.gamesDone === old.gamesDone && ORDER[evaluation.state] < ORDER[old.state]));
  return older ? submission : { ...submission, evaluation };
}

import { type EvaluationView, STATE_LABELS } from '@arena/contracts';
import { formatWhole, plural } from '../format/numbers.ts';
import { estimateLeft, formatDuration } from '../format/time.ts';
import { Moment } from '../ui/moment.tsx';
import { Progress } from '../ui/progress.tsx';
import { useNow } from '../ui/use-now.ts';

/** How far the evaluation is: its place in the queue, its progress, or why it stopped. */
export function Status({ evaluation }: { evaluation: EvaluationView }) {
  const { state, gamesDone, gamesTotal, obstacle, reason, log } = evaluation;
  return (
    <section className={`panel panel-padded status status-${state}`} aria-label="State of the evaluation">
      <div className="status-line">
        <h2>{STATE_LABELS[state]}</h2>
        <p className="number">
          <span data-testid="games-done">{formatWhole(gamesDone)}</span> of {plural(gamesTotal, 'game')}
        </p>
      </div>
      <Progress label="Games done" done={gamesDone} total={gamesTotal} state={state} />
      {obstacle === null ? (
        <p className="muted small">
          <Detail evaluation={evaluation} />
        </p>
      ) : (
        <p className="status-reason" role="status" data-testid="obstacle">
          {obstacle}
        </p>
      )}
      {state === 'failed' && reason !== null && (
        <p className="status-reason" role="alert">
          {reason}
        </p>
      )}
      {log !== null && log !== '' && (
        <pre className="log" tabIndex={0} aria-label="What the agent printed">
          {log}
        </pre>
      )}
    </section>
  );
}

function Detail({ evaluation }: { evaluation: EvaluationView }) {
  const now = useNow(5_000);
  const { state, gamesAhead, startedAt, finishedAt, gamesDone, gamesTotal } = evaluation;
  if (state === 'queued') {
    return gamesAhead === null || gamesAhead === 0
      ? 'Nothing is ahead of it: it starts as soon as a worker is free.'
      : `${plural(gamesAhead, 'game')} of other evaluations ${gamesAhead === 1 ? 'is' : 'are'} played before it.`;
  }
  if (state === 'running') {
    const left = estimateLeft(startedAt, gamesDone, gamesTotal, now);
    return (
      <>
        {startedAt !== null && (
          <>
            Started <Moment iso={startedAt} />.{' '}
          </>
        )}
        {left === null
          ? 'An estimate comes with the first games that end.'
          : `About ${formatDuration(left)} to go at this pace.`}
      </>
    );
  }
  if (finishedAt === null) return null;
  const took = startedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
  return (
    <>
      Ended <Moment iso={finishedAt} />
      {took !== null && ` after ${formatDuration(took)}`}.
    </>
  );
}

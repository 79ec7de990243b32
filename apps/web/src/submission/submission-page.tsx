import { type SubmissionView, KIND_LABELS } from '@arena/contracts';
import { getSubmission } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useRoom } from '../socket/use-room.ts';
import { Badge } from '../ui/badge.tsx';
import { Crumbs } from '../ui/crumbs.tsx';
import { ErrorPanel, StaleNote } from '../ui/error-panel.tsx';
import { LimitsFold } from '../ui/limits-fold.tsx';
import { Moment } from '../ui/moment.tsx';
import { People } from '../ui/people.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { applyProgress } from './evaluation-state.ts';
import { Results } from './results.tsx';
import { Status } from './status.tsx';
import { useGames, type GamesHandle } from './use-games.ts';
import './submission.css';

/** One agent: what it is, how far its evaluation is, its figures and its games, live. */
export function SubmissionPage({ id }: { id: string }) {
  const { resource, reload, update } = useResource(id, getSubmission);
  const games = useGames(id);
  useRoom(`submission:${id}`, {
    joined: () => {
      reload();
      games.reload();
    },
    'evaluation:progress': (event) => {
      if (event.submissionId === id) update((submission) => applyProgress(submission, event.evaluation));
    },
    'game:started': (event) => {
      if (event.submissionId === id) games.take(event.game);
    },
    'game:ended': (event) => {
      if (event.submissionId === id) games.take(event.game);
    },
  });
  if (resource.status === 'failed')
    return <ErrorPanel error={resource.error} what="agent" onRetry={reload} />;
  if (resource.status === 'loading') return <Skeleton rows={8} label="Loading the agent" />;
  return (
    <>
      <StaleNote
        error={resource.stale ?? games.error}
        onRetry={games.error === null ? reload : games.reload}
      />
      <Submission submission={resource.data} games={games} />
    </>
  );
}

function Submission({
  submission,
  games: { games, total },
}: {
  submission: SubmissionView;
  games: GamesHandle;
}) {
  const { evaluation } = submission;
  // Refused before its first game: tables and pictures of nothing would only promise that something is to come.
  const unplayed = evaluation.state === 'failed' && evaluation.board?.gamesDone === 0;
  return (
    <>
      <title>{`${submission.agentName} · NetHack Arena`}</title>
      <Crumbs
        links={[[`/competitions/${encodeURIComponent(submission.competition)}`, 'Leaderboard']]}
        here={submission.agentName}
      />
      <header className="agent-head">
        <h1>
          <bdi>{submission.agentName}</bdi>{' '}
          <span className="agent-version mono">{submission.agentVersion}</span>
        </h1>
        <p className="agent-line">
          <Badge kind={submission.kind}>{KIND_LABELS[submission.kind]}</Badge>
          {submission.authors.length > 0 && (
            <span>
              by <People names={submission.authors} />
            </span>
          )}
          <span className="muted">
            submitted <Moment iso={submission.submittedAt} />
          </span>
          <span className="muted small mono" title={`Archive’s sha256: ${submission.sha256}`}>
            {submission.sha256.slice(0, 12)}
          </span>
        </p>
        {submission.description !== '' && <p className="lead">{submission.description}</p>}
      </header>
      {unplayed ? (
        <Status evaluation={evaluation} />
      ) : (
        <Results evaluation={evaluation} games={games} total={total} />
      )}
      <LimitsFold limits={submission.limits} />
    </>
  );
}

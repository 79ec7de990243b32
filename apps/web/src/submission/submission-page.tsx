import { type SubmissionView, KIND_LABELS, causesOf } from '@arena/contracts';
import { getSubmission } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { formatFigure, formatWhole, plural } from '../format/numbers.ts';
import { useRoom } from '../socket/use-room.ts';
import { Badge } from '../ui/badge.tsx';
import { Crumbs } from '../ui/crumbs.tsx';
import { ErrorPanel, StaleNote } from '../ui/error-panel.tsx';
import { Facts } from '../ui/facts.tsx';
import { LimitsFold } from '../ui/limits-fold.tsx';
import { Moment } from '../ui/moment.tsx';
import { People } from '../ui/people.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CausesList } from './causes-list.tsx';
import { Distribution } from './distribution.tsx';
import { applyProgress } from './evaluation-state.ts';
import { GamesTable } from './games-table.tsx';
import { scoresOf } from './games.ts';
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
  const { board } = evaluation;
  const scores = scoresOf(games);
  const waiting = [...games.values()].filter((game) => game.state === 'pending').length;
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
      <div className="agent-top">
        <Status evaluation={evaluation} />
        <section className="panel panel-padded" aria-label="Figures">
          <Facts
            facts={[
              ['Rank', typeof board?.rank === 'number' ? `#${formatWhole(board.rank)}` : '–'],
              ['Median score', formatFigure(board?.median ?? null)],
              [
                'Quartiles',
                typeof board?.quartile1 === 'number'
                  ? `${formatFigure(board.quartile1)} – ${formatFigure(board.quartile3)}`
                  : '–',
              ],
              ['Mean score', formatFigure(board?.mean ?? null)],
              ['Ascensions', formatWhole(board?.ascensions ?? null)],
              ['Best depth', formatWhole(board?.bestDepth ?? null)],
              ['Faults', formatWhole(board?.faults ?? null)],
            ]}
          />
        </section>
      </div>
      <div className="agent-charts">
        <section className="panel panel-padded" aria-labelledby="scores-title">
          <h2 id="scores-title">Scores</h2>
          <Distribution scores={scores} median={board?.median ?? null} />
        </section>
        <section className="panel panel-padded" aria-labelledby="causes-title">
          <h2 id="causes-title">How its games ended</h2>
          <CausesList causes={causesOf(games.values())} />
        </section>
      </div>
      <section className="panel games-panel" aria-labelledby="games-title">
        <div className="games-head">
          <h2 id="games-title">Games</h2>
          {total !== null && games.size < total ? (
            <p className="muted small" role="status">
              Loading {formatWhole(games.size)} of {formatWhole(total)} …
            </p>
          ) : (
            waiting > 0 && <p className="muted small number">{plural(waiting, 'game')} not started</p>
          )}
        </div>
        {total === null ? <Skeleton rows={5} label="Loading the games" /> : <GamesTable games={games} />}
      </section>
      <LimitsFold limits={submission.limits} />
    </>
  );
}

import { Link } from 'react-router';
import { getCompetitions } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { formatWhole } from '../format/numbers.ts';
import { useReconnected } from '../socket/use-room.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BoardPage } from './board-page.tsx';
import './board.css';

/** The entrance: the only competition's board, or a choice among several. */
export function HomePage() {
  const { resource, reload } = useResource('all', (_key, signal) => getCompetitions(signal));
  useReconnected(reload);
  if (resource.status === 'failed') return <ErrorPanel error={resource.error} what="page" onRetry={reload} />;
  if (resource.status === 'loading') return <Skeleton rows={6} label="Loading the competitions" />;
  const [only, ...others] = resource.data;
  if (only === undefined) {
    return (
      <section className="panel board-empty">
        <title>NetHack Arena</title>
        <h1>No competition yet</h1>
        <p className="muted">
          This arena is empty. Its organiser registers a competition first; <code>npm start</code> brings up a
          demo one.
        </p>
      </section>
    );
  }
  if (others.length === 0) return <BoardPage slug={only.slug} />;
  return (
    <>
      <title>NetHack Arena</title>
      <header className="board-head">
        <h1>Competitions</h1>
      </header>
      <ul className="chooser">
        {resource.data.map((competition) => (
          <li key={competition.slug} className="panel panel-padded">
            <h2>
              <Link to={`/competitions/${encodeURIComponent(competition.slug)}`}>{competition.name}</Link>
            </h2>
            <p>{competition.description}</p>
            <p className="muted small">{formatWhole(competition.gamesPerEvaluation)} games an agent</p>
          </li>
        ))}
      </ul>
    </>
  );
}

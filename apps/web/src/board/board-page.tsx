import type { BoardView, ServerEvents } from '@arena/contracts';
import { useRef, useState } from 'react';
import { getBoard } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { formatWhole } from '../format/numbers.ts';
import { useReconnected, useRoom } from '../socket/use-room.ts';
import { ErrorPanel, StaleNote } from '../ui/error-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BoardTable } from './board-table.tsx';
import { applyChange, applyProgress, countKinds, mergeAnswer, visibleRows } from './board-state.ts';
import { EntryHelp } from './entry-help.tsx';
import { KindFilter, type KindChoice } from './kind-filter.tsx';
import { LiveStrip } from './live-strip.tsx';
import './board.css';

type BoardEvent = Parameters<ServerEvents['board:changed']>[0];

/** The live leaderboard of one competition. */
export function BoardPage({ slug }: { slug: string }) {
  const newest = useRef<BoardEvent | null>(null);
  const { resource, reload, update } = useResource(
    slug,
    async (key, signal) => {
      const board = await getBoard(key, signal);
      // An event may have overtaken the very first answer, when there was no board yet to change.
      return newest.current === null ? board : applyChange(board, newest.current);
    },
    mergeAnswer,
  );
  // Whoever joins the room is sent the board as it is: at load nothing has to be read again.
  const refusal = useRoom(`board:${slug}`, {
    'board:changed': (event) => {
      newest.current = event;
      // A row of an agent that this page has not seen yet comes whole with the event; nothing is read again.
      update((board) => applyChange(board, event));
    },
    'evaluation:progress': (event) => {
      update((board) => applyProgress(board, event));
    },
  });
  useReconnected(reload);
  if (resource.status === 'failed')
    return <ErrorPanel error={resource.error} what="competition" onRetry={reload} />;
  if (resource.status === 'loading') return <Skeleton rows={6} label="Loading the board" />;
  return (
    <>
      <StaleNote error={resource.stale} onRetry={reload} />
      {refusal !== null && <p className="note">No live updates: {refusal} Reload the page to see changes.</p>}
      <Board board={resource.data} />
    </>
  );
}

function Board({ board }: { board: BoardView }) {
  const [kind, setKind] = useState<KindChoice>('all');
  const { competition } = board;
  const rows = visibleRows(board.rows, kind);
  return (
    <>
      <title>{`${competition.name} · NetHack Arena`}</title>
      <header className="board-head">
        <div>
          <h1>{competition.name}</h1>
          {competition.description !== '' && <p className="lead">{competition.description}</p>}
        </div>
      </header>
      <LiveStrip slug={competition.slug} />
      {board.rows.length === 0 ? (
        <section className="panel board-empty">
          <pre aria-hidden="true">{EMPTY_ROOM}</pre>
          <h2>Nobody has entered this dungeon yet</h2>
          <p className="muted">The first agent to be submitted leads the board. It appears here by itself.</p>
        </section>
      ) : (
        <section className="panel board-panel" aria-label="Leaderboard">
          <div className="board-tools">
            <KindFilter choice={kind} counts={countKinds(board.rows)} onChoose={setKind} />
            <p className="muted small">
              {formatWhole(competition.gamesPerEvaluation)} games each. Ranked by ascensions, then median
              score, then mean score; a tie goes to the earlier submission.
            </p>
          </div>
          <BoardTable rows={rows} all={board.rows} />
        </section>
      )}
      <EntryHelp competition={competition} open={board.rows.length === 0} />
    </>
  );
}

const EMPTY_ROOM = `- - - - - - -
| . . . . . |
| . . @ . > |
| . . . . . |
- - - - - - -`;

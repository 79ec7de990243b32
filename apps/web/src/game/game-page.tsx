import { decodeFrame, type Frame, type GameView, KIND_LABELS } from '@arena/contracts';
import { useRef, useState } from 'react';
import { getGame } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { describeCharacter } from '../format/character.ts';
import { formatWhole } from '../format/numbers.ts';
import { useRoom } from '../socket/use-room.ts';
import { Badge } from '../ui/badge.tsx';
import { Crumbs } from '../ui/crumbs.tsx';
import { ErrorPanel, StaleNote } from '../ui/error-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { GameDetails } from './game-details.tsx';
import { GameEndLine } from './game-end-line.tsx';
import { LiveTerminal } from './live-terminal.tsx';
import { ReplaySection } from './replay-section.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import './game.css';

/** One game: its terminal, live while it is played and replayed afterwards, and all that is known about it. */
export function GamePage({ id }: { id: string }) {
  const { resource, reload, update } = useResource(id, getGame);
  const [frame, setFrame] = useState<Frame | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const watched = useRef(false);
  const refusal = useRoom(`game:${id}`, {
    joined: reload,
    'game:started': (event) => {
      if (event.game.id === id) update((game) => ({ ...game, ...event.game }));
    },
    'game:ended': (event) => {
      if (event.game.id !== id) return;
      update((game) => ({ ...game, ...event.game }));
      // The event carries a list's row; the log, the xlogfile and the times come with the whole game.
      reload();
    },
    frame: (gameId, bytes) => {
      if (gameId !== id) return;
      watched.current = true;
      try {
        setFrame(decodeFrame(new Uint8Array(bytes)));
        setUnreadable(null);
      } catch (cause) {
        setUnreadable(cause instanceof Error ? cause.message : String(cause));
      }
    },
  });
  if (resource.status === 'failed') return <ErrorPanel error={resource.error} what="game" onRetry={reload} />;
  if (resource.status === 'loading') return <Skeleton rows={10} label="Loading the game" />;
  const game = resource.data;
  return (
    <>
      <title>{`Game ${game.index + 1} of ${game.agentName} · NetHack Arena`}</title>
      <StaleNote error={resource.stale} onRetry={reload} />
      {refusal !== null && <p className="note">No live pictures: {refusal}</p>}
      {unreadable !== null && <p className="note">A live picture could not be shown: {unreadable}</p>}
      <GameHead game={game} />
      <VerdictPanel game={game} />
      {game.state === 'finished' ? (
        <ReplaySection game={game} fromEnd={watched.current} />
      ) : (
        <LiveTerminal game={game} frame={frame} />
      )}
      <GameDetails game={game} />
    </>
  );
}

function GameHead({ game }: { game: GameView }) {
  return (
    <>
      <Crumbs
        links={[
          [`/competitions/${encodeURIComponent(game.competition)}`, 'Leaderboard'],
          [`/submissions/${game.submissionId}`, game.agentName],
        ]}
        here={`Game ${formatWhole(game.index + 1)}`}
      />
      <header className="game-head">
        <h1>
          Game {formatWhole(game.index + 1)}{' '}
          <span className="muted">
            of <bdi>{game.agentName}</bdi>
          </span>
        </h1>
        <p className="agent-line">
          <Badge kind={game.kind}>{KIND_LABELS[game.kind]}</Badge>
          {game.character !== null && <span>{describeCharacter(game.character)}</span>}
          <GameEndLine game={game} />
        </p>
      </header>
    </>
  );
}

import { type GameView, outcome } from '@arena/contracts';
import type { Tape } from '@arena/tape';
import { useEffect, useState } from 'react';
import { getTape } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { PlayerAdapter } from '../player/adapter.ts';
import { openPlayback } from '../player/engine/playback-adapter.ts';
import { useVerification } from '../player/engine/use-verification.ts';
import { EmptyPlayer, Player } from '../player/player.tsx';
import type { PlayerAction } from '../player/state.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useTheme } from '../ui/theme.ts';
import { TapeDownload } from './tape-download.tsx';
import { VerificationNote } from './verification-note.tsx';

/** A finished game, played again in this browser. `fromEnd`: the visitor saw it live and starts where it ended. */
export function ReplaySection({ game, fromEnd }: { game: GameView; fromEnd: boolean }) {
  const theme = useTheme();
  const { resource, reload } = useResource(game.id, getTape);
  const [early, setEarly] = useState<readonly PlayerAction[]>([]);
  const keep = (action: PlayerAction): void => {
    setEarly((before) => [...before, action]);
  };
  if (resource.status === 'failed') return <ErrorPanel error={resource.error} onRetry={reload} />;
  if (resource.status === 'loading')
    return <EmptyPlayer theme={theme} words={waiting('Loading the tape …', early)} onKey={keep} />;
  return <Replay game={game} tape={resource.data} fromEnd={fromEnd} early={early} onEarlyKey={keep} />;
}

/** Says that a key was heard. */
const waiting = (words: string, early: readonly PlayerAction[]): string =>
  early.length === 0 ? words : `${words} Your keys count as soon as it is there.`;

type Opening = { adapter: PlayerAdapter | null; failure: string | null };

interface ReplayProps {
  game: GameView;
  tape: Tape;
  fromEnd: boolean;
  /** Keys pressed before the engine was there. */
  early: readonly PlayerAction[];
  onEarlyKey: (action: PlayerAction) => void;
}

function Replay({ game, tape, fromEnd, early, onEarlyKey }: ReplayProps) {
  const theme = useTheme();
  const verification = useVerification(tape);
  const [{ adapter, failure }, setOpening] = useState<Opening>({ adapter: null, failure: null });
  useEffect(() => {
    const controller = new AbortController();
    openPlayback(tape, controller.signal).then(
      (opened) => {
        if (!controller.signal.aborted) setOpening({ adapter: opened, failure: null });
      },
      (cause: unknown) => {
        const words = cause instanceof Error ? cause.message : String(cause);
        if (!controller.signal.aborted) setOpening({ adapter: null, failure: words });
      },
    );
    return () => {
      controller.abort();
    };
  }, [tape]);
  return (
    <>
      {adapter === null ? (
        <EmptyPlayer
          theme={theme}
          words={
            failure === null ? waiting('Loading the engine …', early) : 'This game cannot be shown here.'
          }
          {...(failure === null ? { onKey: onEarlyKey } : {})}
        />
      ) : (
        <Player
          key={game.id}
          adapter={adapter}
          theme={theme}
          ending={outcome(game)}
          startAt={fromEnd ? adapter.total : 0}
          early={early}
          samples={verification.type === 'done' ? verification.samples : []}
        />
      )}
      <VerificationNote
        game={game}
        tape={tape}
        answer={failure === null ? verification : { type: 'failed', message: failure }}
      />
      <TapeDownload gameId={game.id} />
    </>
  );
}

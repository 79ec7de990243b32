import type { GameView, ReplayView } from '@arena/contracts';
import { useEffect, useState } from 'react';
import { getReplay } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { PlaybackAdapter } from '../player/engine/playback-adapter.ts';
import { useVerification } from '../player/engine/use-verification.ts';
import { Player } from '../player/player.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTheme } from '../ui/theme.ts';
import { VerificationNote } from './verification-note.tsx';

/** A finished game, played again in this browser. `fromEnd`: the visitor saw it live and starts where it ended. */
export function ReplaySection({ game, fromEnd }: { game: GameView; fromEnd: boolean }) {
  const { resource, reload } = useResource(game.id, getReplay);
  if (resource.status === 'failed') return <ErrorPanel error={resource.error} onRetry={reload} />;
  if (resource.status === 'loading') return <Skeleton rows={8} label="Loading the tape" />;
  return <Replay game={game} replay={resource.data} fromEnd={fromEnd} />;
}

function Replay({ game, replay, fromEnd }: { game: GameView; replay: ReplayView; fromEnd: boolean }) {
  const theme = useTheme();
  const verification = useVerification(replay);
  const [adapter, setAdapter] = useState<PlaybackAdapter | null>(null);
  const [damage, setDamage] = useState<string | null>(null);
  useEffect(() => {
    try {
      const made = new PlaybackAdapter(replay);
      setAdapter(made);
      return () => {
        made.dispose();
        setAdapter(null);
      };
    } catch (cause) {
      setDamage(cause instanceof Error ? cause.message : String(cause));
      return undefined;
    }
  }, [replay]);
  return (
    <>
      {damage !== null && <p className="note">{damage}</p>}
      {adapter !== null && (
        <Player
          key={replay.gameId}
          adapter={adapter}
          theme={theme}
          startAt={fromEnd ? adapter.total : 0}
          samples={verification.type === 'done' ? verification.samples : []}
        />
      )}
      <VerificationNote game={game} replay={replay} answer={verification} />
    </>
  );
}

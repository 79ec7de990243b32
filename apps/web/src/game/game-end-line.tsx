import { type GameView, isFault, outcome } from '@arena/contracts';
import { Badge } from '../ui/badge.tsx';

/** How it stands with a game, in a line. */
export function GameEndLine({ game }: { game: GameView }) {
  if (game.state === 'running') return <Badge kind="live">Playing now</Badge>;
  if (game.state === 'pending') return <Badge kind="plain">Not started</Badge>;
  if (game.ascended) return <b className="gold">★ Ascended</b>;
  if (isFault(game)) return <Badge kind="fault">{outcome(game)}</Badge>;
  return game.verdict !== null && game.verdict !== 'ok' ? (
    <Badge kind="nobodys">{outcome(game)}</Badge>
  ) : (
    <span className="muted">{outcome(game)}</span>
  );
}

import type { Frame, GameView } from '@arena/contracts';
import { Readout } from '../player/readout.tsx';
import { Terminal } from '../player/terminal/terminal.tsx';
import { useTheme } from '../ui/theme.ts';
import '../player/player.css';

/** The terminal of a game that is being played, or of one that waits for its turn. */
export function LiveTerminal({ game, frame }: { game: GameView; frame: Frame | null }) {
  const theme = useTheme();
  const placeholder =
    game.state === 'pending'
      ? 'This game has not started yet. It appears here by itself when it does.'
      : 'Waiting for the first picture from the worker …';
  return (
    <section className="player panel" aria-label="Live game">
      <Terminal frame={frame} theme={theme} placeholder={placeholder} />
      <Readout frame={frame} total={null} />
    </section>
  );
}

import { type GameView, END_LABELS } from '@arena/contracts';
import { formatWhole } from '../format/numbers.ts';
import { formatDuration } from '../format/time.ts';
import { Facts } from '../ui/facts.tsx';
import { LimitsFold } from '../ui/limits-fold.tsx';
import { Moment } from '../ui/moment.tsx';

/** More than one needs a word: whoever looks at a score wants to know that nobody chose among several. */
function attemptsOf({ attempts }: GameView): string | null {
  if (attempts === 0) return null;
  if (attempts === 1) return '1';
  return `${formatWhole(attempts)}, all with the same seeds: the platform failed before the game had ended`;
}

/** A rule of the game: asking NetHack to describe the screen marks objects as seen. */
const descriptionsOf = ({ screenDescriptions }: GameView): string =>
  screenDescriptions ? 'on, which touches the game' : 'off';

/** Everything that is stored about a game. */
export function GameDetails({ game }: { game: GameView }) {
  const { verdict, limits, xlogfile, log } = game;
  return (
    <>
      <section className="panel panel-padded" aria-label="Facts of the game">
        <Facts
          facts={[
            ['Score', game.score === null ? null : formatWhole(game.score)],
            ['Turns', game.turns === null ? null : formatWhole(game.turns)],
            ['Steps', game.steps === null ? null : formatWhole(game.steps)],
            ['Deepest level', game.deepestLevel === null ? null : formatWhole(game.deepestLevel)],
            ['Experience level', game.experienceLevel === null ? null : formatWhole(game.experienceLevel)],
            ['Ended by', game.endReason === null ? null : END_LABELS[game.endReason]],
            ['Death', game.death],
            ['Attempts', attemptsOf(game)],
            ['Screen descriptions', descriptionsOf(game)],
            ['Agent’s time', game.agentTimeMs === null ? null : formatDuration(game.agentTimeMs)],
            ['Agent’s processor time', game.cpuTimeMs === null ? null : formatDuration(game.cpuTimeMs)],
            ['Game’s time', game.gameTimeMs === null ? null : formatDuration(game.gameTimeMs)],
            ['Started', game.startedAt === null ? null : <Moment iso={game.startedAt} />],
            ['Ended', game.finishedAt === null ? null : <Moment iso={game.finishedAt} />],
          ]}
        />
      </section>
      {log !== null && (
        <details className="panel fold" open={verdict !== null && verdict !== 'ok'}>
          <summary>
            <h2>What the agent printed</h2>
          </summary>
          {log === '' ? (
            <p className="muted">Nothing.</p>
          ) : (
            <pre className="log" tabIndex={0}>
              {log}
            </pre>
          )}
        </details>
      )}
      {xlogfile !== null && (
        <details className="panel fold">
          <summary>
            <h2>NetHack’s own record</h2>
          </summary>
          <Facts facts={Object.entries(xlogfile)} />
        </details>
      )}
      {limits !== null && <LimitsFold limits={limits} />}
    </>
  );
}

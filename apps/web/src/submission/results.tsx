import { causesOf, type EvaluationView } from '@arena/contracts';
import { formatFigure, formatWhole, plural } from '../format/numbers.ts';
import { Facts } from '../ui/facts.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CausesList } from './causes-list.tsx';
import { Distribution } from './distribution.tsx';
import { GamesTable } from './games-table.tsx';
import { scoresOf, type Games } from './games.ts';
import { Status } from './status.tsx';

interface Props {
  evaluation: EvaluationView;
  games: Games;
  /** How many games there are; null until it is known. */
  total: number | null;
}

/** How far an evaluation is, its figures, and its games as pictures and as a table. */
export function Results({ evaluation, games, total }: Props) {
  const { board } = evaluation;
  const waiting = [...games.values()].filter((game) => game.state === 'pending').length;
  return (
    <>
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
          <Distribution scores={scoresOf(games)} median={board?.median ?? null} />
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
    </>
  );
}

import { type GameRow, isFault, outcome } from '@arena/contracts';
import { Link } from 'react-router';
import { describeCharacter } from '../format/character.ts';
import { formatWhole } from '../format/numbers.ts';
import { Badge } from '../ui/badge.tsx';

/** One game in the table, with a link to watch or replay it. */
export function GameLine({ game }: { game: GameRow }) {
  const fault = isFault(game);
  return (
    <tr role="row" className="game-line">
      <th role="rowheader" scope="row" className="game-number number">
        <Link to={`/games/${game.id}`}>
          {formatWhole(game.index + 1)}
          <span className="visually-hidden">{game.state === 'running' ? ', watch' : ', replay'}</span>
        </Link>
      </th>
      <td role="cell" className="game-character">
        {game.character === null ? '–' : describeCharacter(game.character)}
      </td>
      <td role="cell" className="game-score number" data-label="Score">
        {formatWhole(game.score)}
      </td>
      <td role="cell" className="right number" data-label="Turns">
        {formatWhole(game.turns)}
      </td>
      <td role="cell" className="right number" data-label="Steps">
        {formatWhole(game.steps)}
      </td>
      <td role="cell" className="right number" data-label="Depth">
        {formatWhole(game.deepestLevel)}
      </td>
      <td role="cell" className="right number" data-label="Level">
        {formatWhole(game.experienceLevel)}
      </td>
      <td role="cell" className="game-end">
        {game.state === 'running' ? (
          <Link to={`/games/${game.id}`}>
            <Badge kind="live">Watch live</Badge>
          </Link>
        ) : fault ? (
          <>
            <Badge kind="fault">{outcome(game)}</Badge>{' '}
            <span className="game-reason small">{game.verdictReason}</span>
          </>
        ) : game.verdict !== null && game.verdict !== 'ok' ? (
          <Badge kind="nobodys">{outcome(game)}</Badge>
        ) : game.ascended ? (
          <b className="gold">★ Ascended</b>
        ) : (
          outcome(game)
        )}
      </td>
    </tr>
  );
}

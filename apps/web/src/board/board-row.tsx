import { type BoardRow, type Scale, KIND_LABELS, STATE_LABELS } from '@arena/contracts';
import { Link } from 'react-router';
import { formatWhole, plural } from '../format/numbers.ts';
import { Badge } from '../ui/badge.tsx';
import { Figure } from '../ui/figure.tsx';
import { People } from '../ui/people.tsx';
import { Progress } from '../ui/progress.tsx';
import { rowSignature } from './board-state.ts';
import { RangePlot } from './range-plot.tsx';

/** One agent on the board. The roles are written out, since on a phone the row is laid out as a card. */
export function BoardRowView({ row, scale }: { row: BoardRow; scale: Scale }) {
  const none = row.gamesDone === 0;
  return (
    <tr
      role="row"
      className={none ? 'board-row board-row-none' : 'board-row'}
      data-key={row.submissionId}
      data-signature={rowSignature(row)}
    >
      <td role="cell" className="board-rank number">
        {row.rank === null ? <span className="muted">–</span> : <span data-rank={row.rank}>{row.rank}</span>}
      </td>
      <th role="rowheader" scope="row" className="board-agent">
        <Link to={`/submissions/${row.submissionId}`}>
          <bdi>{row.agentName}</bdi>
        </Link>
        <span className="board-version mono">{row.agentVersion}</span>
        <Badge kind={row.kind}>{KIND_LABELS[row.kind]}</Badge>
        {row.authors.length > 0 && (
          <span className="board-authors">
            <People names={row.authors} />
          </span>
        )}
      </th>
      <td role="cell" className="board-games">
        <Progress
          label={`${row.agentName}: games done`}
          done={row.gamesDone}
          total={row.gamesTotal}
          state={row.state}
        />
        <span className="small muted number">
          {formatWhole(row.gamesDone)} of {formatWhole(row.gamesTotal)}
          {row.state === 'queued' && ' · waiting'}
          {row.state === 'failed' && (
            <span className="board-failed" title={STATE_LABELS.failed}>
              {' · stopped'}
            </span>
          )}
        </span>
      </td>
      <td role="cell" className="board-ascensions number" data-label="Ascensions">
        {none ? (
          <span className="muted">–</span>
        ) : row.ascensions > 0 ? (
          <b className="gold">★ {formatWhole(row.ascensions)}</b>
        ) : (
          '0'
        )}
      </td>
      <td role="cell" className="board-median">
        <span className="board-median-number">
          <Figure value={row.median} testId="median" />
        </span>
        <RangePlot scale={scale} median={row.median} quartile1={row.quartile1} quartile3={row.quartile3} />
      </td>
      <td role="cell" className="board-mean number" data-label="Mean">
        <Figure value={row.mean} />
      </td>
      <td role="cell" className="board-depth number" data-label="Best depth">
        {formatWhole(row.bestDepth)}
      </td>
      <td role="cell" className="board-faults number" data-label="Faults">
        {row.faults > 0 ? (
          <span className="fault" title={`${plural(row.faults, 'game')} ended by the agent’s own fault`}>
            {formatWhole(row.faults)}
          </span>
        ) : none ? (
          <span className="muted">–</span>
        ) : (
          '0'
        )}
      </td>
    </tr>
  );
}

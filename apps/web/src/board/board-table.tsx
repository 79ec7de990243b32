import { type BoardRow, type Scale, scoreScale } from '@arena/contracts';
import { useRef } from 'react';
import { formatCompact } from '../format/numbers.ts';
import { BoardRowView } from './board-row.tsx';
import { useRowMotion } from './use-row-motion.ts';

/** The leaderboard. `rows` are in their order; the scale spans `all`, so that filtering does not move the plots. */
export function BoardTable({ rows, all }: { rows: BoardRow[]; all: readonly BoardRow[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowMotion(body);
  const scale = scoreScale(all.flatMap((row) => (row.quartile3 === null ? [] : [row.quartile3])));
  return (
    <table role="table" className="board">
      <caption className="visually-hidden">Agents by rank</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            <abbr title="Rank">#</abbr>
          </th>
          <th role="columnheader" scope="col">
            Agent
          </th>
          <th role="columnheader" scope="col">
            Games
          </th>
          <th role="columnheader" scope="col" className="right" title="Games won: the agent became a demigod">
            Ascensions
          </th>
          <th
            role="columnheader"
            scope="col"
            title="Half of the games scored more. The bar spans the middle half of the games, on a logarithmic scale"
          >
            <span>Median score</span>
            <Axis scale={scale} />
          </th>
          <th role="columnheader" scope="col" className="right">
            Mean
          </th>
          <th
            role="columnheader"
            scope="col"
            className="right"
            title="Deepest dungeon level reached in any game"
          >
            Best depth
          </th>
          <th
            role="columnheader"
            scope="col"
            className="right"
            title="Games that ended by the agent’s own fault"
          >
            Faults
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        {rows.map((row) => (
          <BoardRowView key={row.submissionId} row={row} scale={scale} />
        ))}
      </tbody>
    </table>
  );
}

function Axis({ scale }: { scale: Scale }) {
  return (
    <span className="axis" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ left: `${100 * scale.place(tick)}%` }}>
          {formatCompact(tick)}
        </span>
      ))}
    </span>
  );
}

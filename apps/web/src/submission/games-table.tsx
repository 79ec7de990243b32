import type { GameRow } from '@arena/contracts';
import { useState } from 'react';
import { formatWhole } from '../format/numbers.ts';
import { GameLine } from './game-line.tsx';
import { listGames, nextSorting, type GameFilter, type Games, type SortKey, type Sorting } from './games.ts';

const PAGE = 25;
const FILTERS: readonly [GameFilter, string][] = [
  ['all', 'All'],
  ['playing', 'Playing'],
  ['faults', 'Faults'],
];
const COLUMNS: readonly [key: SortKey | null, title: string][] = [
  ['index', 'Game'],
  [null, 'Character'],
  ['score', 'Score'],
  ['turns', 'Turns'],
  ['steps', 'Steps'],
  ['deepestLevel', 'Depth'],
  ['experienceLevel', 'Level'],
  [null, 'End'],
];

/** The games of a submission: sorted, filtered, 25 at a time. */
export function GamesTable({ games }: { games: Games }) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'index', descending: false });
  const [filter, setFilter] = useState<GameFilter>('all');
  const [shown, setShown] = useState(PAGE);
  const rows = listGames(games, filter, sorting);
  return (
    <>
      <div className="games-tools">
        <div className="kinds" role="group" aria-label="Which games are shown">
          {FILTERS.map(([value, label]) => (
            <button
              key={value}
              type="button"
              aria-pressed={filter === value}
              onClick={() => {
                setFilter(value);
                setShown(PAGE);
              }}
            >
              {label}
            </button>
          ))}
        </div>
        <SortChoice sorting={sorting} onSort={setSorting} />
      </div>
      {rows.length === 0 ? (
        <p className="muted games-none">{NONE[filter]}</p>
      ) : (
        <Table rows={rows.slice(0, shown)} sorting={sorting} onSort={setSorting} />
      )}
      {rows.length > shown && (
        <p className="games-more">
          <button
            type="button"
            className="button"
            onClick={() => {
              setShown(shown + PAGE);
            }}
          >
            Show {formatWhole(Math.min(PAGE, rows.length - shown))} more of {formatWhole(rows.length)}
          </button>
        </p>
      )}
    </>
  );
}

const NONE: Record<GameFilter, string> = {
  all: 'No game has begun yet.',
  playing: 'No game is being played right now.',
  faults: 'No game has ended by a fault of the agent.',
};

interface SortProps {
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

function Table({ rows, sorting, onSort }: { rows: readonly GameRow[] } & SortProps) {
  return (
    <table role="table" className="games">
      <caption className="visually-hidden">Games</caption>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map(([key, title]) => (
            <th
              key={title}
              role="columnheader"
              scope="col"
              className={key === null || key === 'index' ? undefined : 'right'}
              aria-sort={key === sorting.key ? (sorting.descending ? 'descending' : 'ascending') : undefined}
            >
              {key === null ? (
                title
              ) : (
                <button
                  type="button"
                  onClick={() => {
                    onSort(nextSorting(sorting, key));
                  }}
                >
                  {title}
                  <span aria-hidden="true">
                    {key === sorting.key ? (sorting.descending ? ' ↓' : ' ↑') : ''}
                  </span>
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((game) => (
          <GameLine key={game.id} game={game} />
        ))}
      </tbody>
    </table>
  );
}

/** On a phone the table's head is not shown; this stands in for it. */
function SortChoice({ sorting, onSort }: SortProps) {
  return (
    <label className="sort-choice small">
      Sort by{' '}
      <select
        value={sorting.key}
        onChange={(event) => {
          onSort({ key: event.target.value as SortKey, descending: event.target.value !== 'index' });
        }}
      >
        {COLUMNS.map(([key, title]) =>
          key === null ? null : (
            <option key={key} value={key}>
              {title}
            </option>
          ),
        )}
      </select>
    </label>
  );
}

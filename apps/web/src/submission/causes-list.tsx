import { formatWhole, percent, plural } from '../format/numbers.ts';
import { topCauses, type Cause } from '@arena/contracts';

const SHOWN = 8;

/** The most frequent ends of games as bars. */
export function CausesList({ causes }: { causes: readonly Cause[] }) {
  if (causes.length === 0) return <p className="muted">No game has ended yet.</p>;
  const { top, others } = topCauses(causes, SHOWN);
  const most = top[0]?.count ?? 1;
  return (
    <ul className="causes">
      {top.map((cause) => (
        <li key={cause.label} className={cause.fault ? 'cause cause-fault' : 'cause'}>
          <span className="cause-label">{cause.label}</span>
          <span className="cause-count number">{formatWhole(cause.count)}</span>
          <span className="cause-bar" aria-hidden="true">
            <span style={{ width: `${percent(cause.count, most)}%` }} />
          </span>
        </li>
      ))}
      {others.kinds > 0 && (
        <li className="muted small">
          and {formatWhole(others.count)} more by {plural(others.kinds, 'other cause')}
        </li>
      )}
    </ul>
  );
}

import type { EvaluationState } from '@arena/contracts';
import { percent } from '../format/numbers.ts';

interface Props {
  /** For screen readers. */
  label: string;
  done: number;
  total: number;
  state: EvaluationState;
}

/** A bar of games done. It shimmers while games are being played. */
export function Progress({ label, done, total, state }: Props) {
  return (
    <div
      className={`progress progress-${state}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <div style={{ width: `${percent(done, total)}%` }} />
    </div>
  );
}

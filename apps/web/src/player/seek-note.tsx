import { formatWhole } from '../format/numbers.ts';

/** A way this short takes a frame or two: covering the picture for it would flicker at every press of an arrow key. */
const NEAR_STEPS = 64;

interface Props {
  /** The step of the picture that is still on show. */
  at: number;
  target: number;
}

/** Covers the picture of another step than the one asked for: at once on a long way, on a short one if it takes longer than a blink. */
export function SeekNote({ at, target }: Props) {
  const near = Math.abs(target - at) <= NEAR_STEPS;
  return (
    <p className={near ? 'seek-note seek-note-near' : 'seek-note'} role="status" data-testid="seeking">
      <span className="seek-note-words">
        Going to step {formatWhole(target)} …<span className="muted number"> at {formatWhole(at)}</span>
      </span>
    </p>
  );
}

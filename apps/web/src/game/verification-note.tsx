import type { GameView } from '@arena/contracts';
import type { Tape } from '@arena/tape';
import { formatWhole, percent, plural } from '../format/numbers.ts';
import { formatDuration } from '../format/time.ts';
import type { VerificationAnswer } from '../player/engine/messages.ts';
import { compare, type Check } from '../player/engine/outcome.ts';

interface Props {
  game: GameView;
  tape: Tape;
  answer: VerificationAnswer;
}

/** Whether the game, played again here, came out as it was stored. */
export function VerificationNote({ game, tape, answer }: Props) {
  if (answer.type === 'failed') {
    return (
      <section
        className="verification verification-unknown"
        role="status"
        data-testid="verification"
        data-state="failed"
      >
        <h2>Not verified</h2>
        <p>{answer.message}</p>
      </section>
    );
  }
  if (answer.type !== 'done') {
    const words =
      answer.type === 'loading'
        ? 'Loading the engine that scored this game …'
        : `Playing all ${formatWhole(answer.total)} keys again in your browser: ${Math.floor(percent(answer.done, answer.total))} %`;
    return (
      <section
        className="verification verification-busy"
        role="status"
        data-testid="verification"
        data-state="busy"
      >
        <h2>Verifying</h2>
        <p className="number">{words}</p>
      </section>
    );
  }
  const checks = compare(game, answer.outcome);
  const same = checks.every((check) => check.same);
  return (
    <section
      className={`verification ${same ? 'verification-good' : 'verification-bad'}`}
      role="status"
      data-testid="verification"
      data-state={same ? 'verified' : 'differs'}
    >
      <h2>{same ? 'Verified in your browser' : 'This replay differs from the stored result'}</h2>
      <p>
        Your browser played the game again from its seeds and {plural(answer.outcome.steps, 'key')} in{' '}
        {formatDuration(answer.milliseconds)}
        {same
          ? ' and came to the very same result.'
          : '. Please tell the organisers: one of the two is wrong.'}{' '}
        <span className="muted">
          Engine <code title={tape.engineId}>{tape.engineId.slice(0, 12)}</code>
          {answer.engineChecked
            ? ', its sha256 checked here.'
            : ' (its sha256 can be checked over https only).'}
        </span>
      </p>
      <ul className="checks">
        {checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

function CheckLine({ check }: { check: Check }) {
  const show = (value: Check['stored']): string =>
    typeof value === 'number' ? formatWhole(value) : (value ?? 'alive at the last step');
  return (
    <li className={check.same ? 'check' : 'check check-bad'}>
      <span aria-hidden="true">{check.same ? '✓' : '✗'}</span>
      <span className="muted">{check.name}</span>{' '}
      <span className="number">
        {check.same ? show(check.replayed) : `stored ${show(check.stored)}, replayed ${show(check.replayed)}`}
      </span>
    </li>
  );
}

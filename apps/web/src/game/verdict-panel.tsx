import { type GameView, isFault, type Verdict, VERDICT_LABELS } from '@arena/contracts';

/** What the verdict's own reason does not say: what it means for the score, and what to do next. */
const HINTS: Partial<Record<Verdict, string>> = {
  engine_error:
    'NetHack itself failed on these keys, and did so again when the game was repeated with them. That is not held against the agent: the score is what it had by then. The tape leads to the same place.',
  sandbox_error:
    'The platform could not play this game to its end. That is not held against the agent. Its organisers can have the evaluation played again.',
};

/** Why the game ended other than NetHack ends games: by the agent's fault, or by nobody's. Nothing for the others. */
export function VerdictPanel({ game }: { game: GameView }) {
  const { verdict, verdictReason } = game;
  if (verdict === null || verdict === 'ok') return null;
  const hint = HINTS[verdict];
  return (
    <section
      className={`panel panel-padded verdict ${isFault(game) ? 'verdict-fault' : 'verdict-nobodys'}`}
      aria-label="Verdict"
    >
      <h2>{VERDICT_LABELS[verdict]}</h2>
      <p>{verdictReason}</p>
      {hint !== undefined && <p className="muted">{hint}</p>}
    </section>
  );
}

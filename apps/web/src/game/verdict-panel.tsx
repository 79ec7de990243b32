import { type GameView, VERDICT_LABELS } from '@arena/contracts';

/** What the agent did wrong, for games that ended by its fault; nothing for the others. */
export function VerdictPanel({ game: { verdict, verdictReason } }: { game: GameView }) {
  if (verdict === null || verdict === 'ok') return null;
  return (
    <section className="panel panel-padded verdict" aria-label="Verdict">
      <h2>{VERDICT_LABELS[verdict]}</h2>
      <p>{verdictReason}</p>
    </section>
  );
}

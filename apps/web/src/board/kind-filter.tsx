import { AGENT_KINDS, type AgentKind, KIND_LABELS } from '@arena/contracts';

export type KindChoice = AgentKind | 'all';

interface Props {
  choice: KindChoice;
  counts: Record<KindChoice, number>;
  onChoose: (choice: KindChoice) => void;
}

/** Which kind of agents the board shows. Kinds without agents cannot be chosen. */
export function KindFilter({ choice, counts, onChoose }: Props) {
  return (
    <div className="kinds" role="group" aria-label="Kind of agents shown">
      {(['all', ...AGENT_KINDS] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={choice === kind}
          disabled={kind !== 'all' && kind !== choice && counts[kind] === 0}
          onClick={() => {
            onChoose(kind);
          }}
        >
          {kind === 'all' ? 'All' : KIND_LABELS[kind]} <span className="number">{counts[kind]}</span>
        </button>
      ))}
    </div>
  );
}

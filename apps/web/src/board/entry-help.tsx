import type { CompetitionView } from '@arena/contracts';
import { formatWhole } from '../format/numbers.ts';
import { CopyText } from '../ui/copy-text.tsx';

/** How to put an agent on this board. */
export function EntryHelp({ competition, open }: { competition: CompetitionView; open: boolean }) {
  const { limits } = competition;
  const command = `tar -czf agent.tar.gz -C my-agent .\ncurl --fail-with-body --data-binary @agent.tar.gz -H 'content-type: application/gzip' \\\n  ${window.location.origin}/api/competitions/${encodeURIComponent(competition.slug)}/submissions`;
  return (
    <details className="panel fold" open={open}>
      <summary>
        <h2>Enter an agent</h2>
      </summary>
      <div className="entry-body">
        <p>
          An agent is a folder with an <code>arena.json</code> and its code. It plays{' '}
          {formatWhole(competition.gamesPerEvaluation)} games of the real NetHack from inside a sandbox
          without network, with {formatWhole(limits.memoryMiB)} MiB of memory,{' '}
          {formatWhole(limits.stepTimeoutMs / 1000)} s an answer and {formatWhole(limits.timeBankMs / 1000)} s
          of its own time a game. Pack it and send it:
        </p>
        <CopyText text={command} label="Copy the commands" />
        <p className="muted small">
          The answer tells your agent’s id and its place in the queue; what is refused comes back with the
          reason. Where the organisers hand out tokens, add{' '}
          <code>-H &apos;authorization: Bearer TOKEN&apos;</code>. Every path is described in the{' '}
          <a href="/api/docs">API’s documentation</a>.
        </p>
      </div>
    </details>
  );
}

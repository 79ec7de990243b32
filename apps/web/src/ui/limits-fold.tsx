import type { Limits } from '@arena/contracts';
import { formatWhole } from '../format/numbers.ts';
import { formatDuration } from '../format/time.ts';
import { Facts } from './facts.tsx';

/** The limits that an agent plays under; those that older games did not have are left out. */
export function LimitsFold({ limits }: { limits: Limits }) {
  return (
    <details className="panel fold">
      <summary>
        <h2>Limits in force</h2>
      </summary>
      <Facts facts={limitFacts(limits)} />
    </details>
  );
}

function limitFacts(limits: Limits): [string, string | null][] {
  const when = (value: number | undefined, text: (value: number) => string): string | null =>
    value === undefined ? null : text(value);
  return [
    ['Steps a game', formatWhole(limits.maxSteps)],
    ['Steps without game time', formatWhole(limits.noProgressSteps)],
    ['Time for one answer', formatDuration(limits.stepTimeoutMs)],
    ['Agent’s time a game', formatDuration(limits.timeBankMs)],
    ['Agent’s time an evaluation', when(limits.evaluationTimeMs, formatDuration)],
    ['A game in all', when(limits.wallMs, formatDuration)],
    ['Time to start', formatDuration(limits.startTimeoutMs)],
    ['Memory', `${formatWhole(limits.memoryMiB)} MiB`],
    ['Processors', when(limits.cpuPercent, (percent) => `${percent / 100}`)],
    ['Processes and threads', formatWhole(limits.processes)],
    ['Open files', when(limits.openFiles, formatWhole)],
    ['Output a frame', `${formatWhole(limits.outputBytesPerFrame)} bytes`],
    ['Output a game', when(limits.outputBytesPerGame, (bytes) => `${formatWhole(bytes)} bytes`)],
    ['Size of /tmp', `${formatWhole(limits.tmpMiB)} MiB`],
  ];
}

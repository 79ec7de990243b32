/** The pictures of a report. */
import { formatWhole } from '@arena/contracts';
import { distributionChart, intervalChart, panelChart } from '@arena/report';
import { medianInterval } from '@arena/scoring';
import type { AgentReport } from './report.ts';

const DEPTHS = 12;
const CAUSES = 10;

export const PICTURES = ['scores', 'roles', 'depths', 'causes', 'steps', 'times'] as const;

/** Name of the file without its end → SVG. */
export function picturesOf(agents: readonly AgentReport[]): Record<(typeof PICTURES)[number], string> {
  return {
    scores: distributionChart({
      title: 'Scores',
      unit: 'score of a game; mark: median, bar below: its 95 % interval',
      rows: agents.map(({ name, games }) =>
        row(
          name,
          games.map(({ score }) => score),
        ),
      ),
    }),
    roles: roles(agents),
    depths: panelChart({
      title: 'Deepest level reached, share of games',
      labelWidth: 52,
      format: (share) => `${(100 * share).toFixed(1)} %`,
      panels: agents.map((agent) => ({ label: agent.name, bars: depthBars(agent) })),
    }),
    causes: panelChart({
      title: 'What ended the games',
      labelWidth: 150,
      format: formatWhole,
      panels: agents.map(({ name, performance }) => ({
        label: name,
        bars: performance.causes.slice(0, CAUSES).map(({ cause, games }) => ({ label: cause, value: games })),
      })),
    }),
    steps: distributionChart({
      title: 'Steps',
      unit: 'keys of a game',
      rows: agents.map(({ name, games }) =>
        row(
          name,
          games.map(({ steps }) => steps),
        ),
      ),
    }),
    times: distributionChart({
      title: 'The agent’s own time a step',
      unit: 'microseconds a step, mean of a game; games played side by side share the time of their questions',
      rows: agents.map(({ name, games }) =>
        row(
          name,
          games
            .filter(({ steps }) => steps > 0)
            .map(({ agentTimeMs, steps }) => Math.round((1000 * agentTimeMs) / steps)),
        ),
      ),
    }),
  };
}

const row = (label: string, values: readonly number[]) => ({ label, values, median: medianInterval(values) });

function roles(agents: readonly AgentReport[]): string {
  const all = [...new Set(agents.flatMap(({ performance }) => performance.roles.map(({ role }) => role)))];
  const groups = all.sort().map((role) => ({
    label: role,
    marks: agents.map(({ performance }) => performance.roles.find((own) => own.role === role) ?? null),
  }));
  return intervalChart({
    ...{ title: 'Median score by role', unit: 'score; bars: 95 % intervals of the medians' },
    ...{ series: agents.map(({ name }) => name), groups },
  });
}

/** A bar a level, all below the last one in one. */
function depthBars({ performance: { depths }, games }: AgentReport): { label: string; value: number }[] {
  const share = (count: number): number => count / Math.max(1, games.length);
  const bars = depths.slice(0, DEPTHS).map((count, i) => ({ label: `level ${i + 1}`, value: share(count) }));
  const deeper = depths.slice(DEPTHS).reduce((sum, count) => sum + count, 0);
  return deeper === 0 ? bars : [...bars, { label: 'deeper', value: share(deeper) }];
}

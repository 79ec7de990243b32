/** What is promised of the baselines; `--check` holds them to it. */
import { formatFigure } from '@arena/contracts';
import { compareMedians } from '@arena/scoring';
import type { AgentReport } from './report.ts';

export interface BoundResult {
  /** What is promised. */
  readonly promise: string;
  /** What was found. */
  readonly found: string;
  readonly kept: boolean;
}

type Found = readonly [found: string, kept: boolean];
interface Promised {
  readonly promise: string;
  /** Whose games it is about. */
  readonly of: readonly string[];
  readonly look: (agents: readonly AgentReport[]) => Found;
}

const range = ({ performance: { interval } }: AgentReport): string =>
  interval === null
    ? 'no games'
    : `${formatFigure(interval.median)} (${formatFigure(interval.low)}–${formatFigure(interval.high)})`;

const medianOf = ({ performance }: AgentReport): number => performance.score.median ?? Number.NaN;

/** A bound of one agent's own figures. */
const own = (agent: string, promise: string, look: (report: AgentReport) => Found): Promised => ({
  promise: `${agent}: ${promise}`,
  of: [agent],
  look: ([report]) => (report === undefined ? ['no games', false] : look(report)),
});

/** A bound of two agents' medians. */
const order = (
  worse: string,
  better: string,
  promise: string,
  holds: (worse: AgentReport, better: AgentReport) => boolean,
): Promised => ({
  promise,
  of: [worse, better],
  look: ([a, b]) =>
    a === undefined || b === undefined
      ? ['no games', false]
      : [`${worse} ${range(a)}, ${better} ${range(b)}`, holds(a, b)],
});

const PROMISES: readonly Promised[] = [
  order(
    'random',
    'cloner',
    'random below cloner, with 95 % intervals of the medians that do not touch',
    (a, b) => {
      const [low, high] = [a.performance.interval, b.performance.interval];
      return low !== null && high !== null && compareMedians(low, high) === 'below';
    },
  ),
  order('cloner', 'pilot', 'pilot above cloner, by the median', (a, b) => medianOf(b) > medianOf(a)),
  own('explorer', 'median 1,000 at least', (report) => [
    formatFigure(report.performance.score.median),
    medianOf(report) >= 1000,
  ]),
  own('explorer', 'mean depth 3.5 at least', ({ performance: { meanDepth } }) => [
    meanDepth.toFixed(2),
    meanDepth >= 3.5,
  ]),
  own('explorer', 'no role’s median below 300', ({ performance: { roles } }) => {
    const weakest = roles[0];
    if (weakest === undefined) return ['no games', false];
    return [`the weakest is ${weakest.role} with ${formatFigure(weakest.median)}`, weakest.median >= 300];
  }),
  own('explorer', 'cut off for no progress in less than 1 % of games', ({ performance, games }) => [
    `${(100 * performance.noProgress).toFixed(1)} %`,
    games.length > 0 && performance.noProgress < 0.01,
  ]),
];

/** So many games of each the promises are made for. */
export const PROMISED_GAMES = 512;

/** What became of each promise. One about an agent that did not play is missed. */
export function boundsOf(agents: readonly AgentReport[]): BoundResult[] {
  const byName = new Map(agents.map((agent) => [agent.name, agent]));
  return PROMISES.map(({ promise, of, look }) => {
    const missing = of.filter((name) => !byName.has(name));
    if (missing.length > 0) return { promise, found: `${missing.join(' and ')} did not play`, kept: false };
    const [found, kept] = look(of.flatMap((name) => byName.get(name) ?? []));
    return { promise, found, kept };
  });
}

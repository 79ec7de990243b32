/** A report as a page of Markdown. */
import { formatFigure, formatWhole, KIND_LABELS, NONE, plural } from '@arena/contracts';
import { escapeMarkdown, markdownTable, type Align } from '@arena/report';
import type { MedianInterval, Spread } from '@arena/scoring';
import { duration } from './progress.ts';
import { type PICTURES } from './pictures.ts';
import type { AgentReport, TournamentReport } from './report.ts';

const CAUSES = 8;
const right: Align = 'right';

const range = ({ median, low, high }: MedianInterval): string =>
  `${formatFigure(median)} (${formatFigure(low)}–${formatFigure(high)})`;
const share = (part: number): string => `${(100 * part).toFixed(1)} %`;
const spread = (
  { median, quartile1, quartile3 }: Spread,
  format: (value: number | null) => string,
): string => (median === null ? NONE : `${format(median)} (${format(quartile1)}–${format(quartile3)})`);
const milliseconds = (value: number | null): string =>
  value === null ? NONE : Number(value.toPrecision(2)).toString();
const faultsOf = ({ usage }: AgentReport): number =>
  usage.verdicts.filter(({ verdict }) => verdict !== 'ok').reduce((sum, { games }) => sum + games, 0);

/** `images`: where the pictures lie, as the page links them, e.g. `images`. `json`: the JSON document beside it. */
export function reportPage(report: TournamentReport, images: string, json: string): string {
  const picture = (name: (typeof PICTURES)[number], words: string): string =>
    `![${words}](${images}/${name}.svg)`;
  const parts = [
    '# Baselines',
    introduction(report, json),
    overview(report.agents),
    ...(report.bounds.length === 0 ? [] : ['## What is promised', bounds(report)]),
    '## Scores',
    picture('scores', 'Distribution of scores by agent'),
    '## Roles',
    'Median score with its 95 % interval, and games. Of fewer than six games there is no such interval; it then reaches from the least score to the greatest.',
    roles(report.agents),
    picture('roles', 'Median score by role and agent, with 95 % intervals'),
    '## Depth',
    picture('depths', 'Deepest level reached by agent'),
    '## What ended the games',
    'Causes of death without what the hero was doing; games that were cut off count under why.',
    ...report.agents.map(causes),
    picture('causes', 'Causes of death by agent'),
    '## Verdicts, steps and time',
    usage(report.agents),
    'Medians with quartiles. A step’s time is the agent’s own, by the platform’s clock; games that are played side by side share the time of their questions.',
    picture('steps', 'Distribution of steps by agent'),
    picture('times', 'Distribution of the agent’s time a step'),
    '## How it was played',
    how(report),
    agentsTable(report.agents),
  ];
  return `${parts.join('\n\n')}\n`;
}

function introduction({ settings, date, agents }: TournamentReport, json: string): string {
  const names = agents.map(({ name }) => `**${escapeMarkdown(name)}**`);
  return [
    `${names.join(', ')} on the same ${plural(settings.games, 'game')}, of ${date.slice(0, 10)}. This page is written by`,
    `\`npm run tournament\`; every game, with its seeds and the digest of its tape, is in [${json}](${json}).`,
  ].join(' ');
}

function overview(agents: readonly AgentReport[]): string {
  return markdownTable(
    [
      { title: 'agent' },
      { title: 'kind' },
      { title: 'games', align: right },
      { title: 'median score (95 %)', align: right },
      { title: 'mean score', align: right },
      { title: 'mean depth', align: right },
      { title: 'deepest', align: right },
      { title: 'ascensions', align: right },
      { title: 'no progress', align: right },
      { title: 'lost to faults', align: right },
    ],
    agents.map((agent) => {
      const { name, kind, games, performance } = agent;
      const { interval, score, meanDepth, depths, ascensions, noProgress } = performance;
      return [
        escapeMarkdown(name),
        KIND_LABELS[kind].toLowerCase(),
        formatWhole(games.length),
        interval === null ? NONE : range(interval),
        formatFigure(score.mean),
        meanDepth.toFixed(2),
        formatWhole(depths.length),
        formatWhole(ascensions),
        share(noProgress),
        formatWhole(faultsOf(agent)),
      ];
    }),
  );
}

function bounds({ bounds: all }: TournamentReport): string {
  return markdownTable(
    [{ title: 'promise' }, { title: 'found' }, { title: 'kept' }],
    all.map(({ promise, found, kept }) => [
      escapeMarkdown(promise),
      escapeMarkdown(found),
      kept ? 'yes' : '**no**',
    ]),
  );
}

function roles(agents: readonly AgentReport[]): string {
  const names = [...new Set(agents.flatMap(({ performance }) => performance.roles.map(({ role }) => role)))];
  return markdownTable(
    [{ title: 'role' }, ...agents.map(({ name }) => ({ title: escapeMarkdown(name), align: right }))],
    names.sort().map((role) => [
      escapeMarkdown(role),
      ...agents.map(({ performance }) => {
        const own = performance.roles.find((found) => found.role === role);
        return own === undefined ? NONE : `${range(own)}, ${own.games}`;
      }),
    ]),
  );
}

function causes({ name, performance, games }: AgentReport): string {
  const shown = performance.causes.slice(0, CAUSES);
  const rest = performance.causes.slice(CAUSES);
  const others = rest.reduce((sum, cause) => sum + cause.games, 0);
  const rows = shown.map(({ cause, games: count, medianScore, meanDepth }) => [
    escapeMarkdown(cause),
    formatWhole(count),
    share(count / games.length),
    formatFigure(medianScore),
    meanDepth.toFixed(1),
  ]);
  if (others > 0)
    rows.push([plural(rest.length, 'more cause'), formatWhole(others), share(others / games.length)]);
  return markdownTable(
    [
      { title: escapeMarkdown(name) },
      { title: 'games', align: right },
      { title: 'share', align: right },
      { title: 'median score', align: right },
      { title: 'mean depth', align: right },
    ],
    rows,
  );
}

function usage(agents: readonly AgentReport[]): string {
  return markdownTable(
    [
      { title: 'agent' },
      { title: 'verdicts' },
      { title: 'steps a game', align: right },
      { title: 'steps in all', align: right },
      { title: 'ms a step', align: right },
    ],
    agents.map(({ name, usage: { verdicts, steps, totalSteps, msPerStep } }) => [
      escapeMarkdown(name),
      verdicts.map(({ verdict, games }) => `${escapeMarkdown(verdict)} ${formatWhole(games)}`).join(', '),
      spread(steps, formatFigure),
      formatWhole(totalSteps),
      spread(msPerStep, milliseconds),
    ]),
  );
}

function how({ settings, seconds, date, machine }: TournamentReport): string {
  const { games, seeds, engineId, limits } = settings;
  return [
    `- Seeds: games 0 … ${games - 1} of the name \`${seeds}\`, by the rule of \`npm run tapes\`: HMAC-SHA256 over \`game/0\` … under the SHA-256 of the name. They are held out for this comparison: train and tune on others.`,
    `- Rules: the challenge’s, with a random character; ${formatWhole(limits.maxSteps)} steps a game at most, ${formatWhole(limits.noProgressSteps)} without game time, ${limits.stepTimeoutMs / 1000} s a step, ${limits.timeBankMs / 1000} s a game.`,
    `- Engine: \`${engineId}\`.`,
    `- Sandbox: ${escapeMarkdown(machine.sandbox)}.`,
    `- Time: ${duration(seconds)} on ${plural(machine.processors, 'processor')} (${escapeMarkdown(machine.model)}), the last game ended ${date.slice(0, 16).replace('T', ' ')} UTC.`,
    `- The same games again: \`npm run tournament -- --games ${games}${seeds === 'tournament' ? '' : ` --seeds ${seeds}`}\`; with \`--compare docs/baselines.json\` it says whether they came out the same. An agent without a network plays the same everywhere; what a network says is the same on processors of one kind, since ONNX Runtime takes the instructions that it finds.`,
  ].join('\n');
}

function agentsTable(agents: readonly AgentReport[]): string {
  return markdownTable(
    [
      { title: 'agent' },
      { title: 'version' },
      { title: 'runtime' },
      { title: 'time', align: right },
      { title: 'sha256 of its archive' },
    ],
    agents.map(({ name, version, runtime, seconds, sha256 }) => [
      escapeMarkdown(name),
      escapeMarkdown(version),
      escapeMarkdown(runtime),
      duration(seconds),
      `\`${sha256}\``,
    ]),
  );
}

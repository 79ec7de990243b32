import { describe, expect, it } from '@jest/globals';
import { boundsOf } from './bounds.ts';
import { agentReport, type AgentReport } from './report.ts';
import { about, scored } from './testing/reports.ts';

const around = (middle: number): number[] => Array.from({ length: 64 }, (_, i) => middle - 32 + i);
const good = (): AgentReport[] => [
  scored('random', around(32)),
  scored('cloner', around(500)),
  scored('pilot', around(2000)),
  scored('explorer', around(1500), { deepestLevel: 4 }),
];
const without = (name: string): AgentReport[] => good().filter((agent) => agent.name !== name);
const missed = (agents: readonly AgentReport[]): string[] =>
  boundsOf(agents)
    .filter(({ kept }) => !kept)
    .map(({ promise }) => promise);

describe('the bounds of the baselines', () => {
  it('are kept by baselines that are as they should be', () => {
    expect(missed(good())).toEqual([]);
    expect(boundsOf(good())).toHaveLength(6);
  });

  it.each<[string, AgentReport[], RegExp[]]>([
    ['no agent at all', [], [/random below/, /pilot above/, /median 1,000/, /depth/, /role/, /no progress/]],
    ['no cloner', without('cloner'), [/random below/, /pilot above/]],
    ['no pilot', without('pilot'), [/pilot above/]],
    ['a cloner as good as random', [...without('cloner'), scored('cloner', around(33))], [/random below/]],
    ['a pilot below the cloner', [...without('pilot'), scored('pilot', around(499))], [/pilot above/]],
    ['a pilot that is the cloner', [...without('pilot'), scored('pilot', around(500))], [/pilot above/]],
    [
      'an explorer that stays above',
      [...without('explorer'), scored('explorer', around(1500), { deepestLevel: 3 })],
      [/mean depth 3.5/],
    ],
    [
      'an explorer below a thousand',
      [...without('explorer'), scored('explorer', around(999), { deepestLevel: 4 })],
      [/median 1,000/],
    ],
  ])('tell %s', (_name, agents, expected) => {
    const found = missed(agents);
    expect(found).toHaveLength(expected.length);
    expected.forEach((promise, i) => {
      expect(found[i]).toMatch(promise);
    });
  });

  it('tell a weak role and games without progress, with what was found', () => {
    const explorer = scored('explorer', around(1500), { deepestLevel: 4 });
    const games = explorer.games.map((game) =>
      game.index === 0
        ? { ...game, score: 299, character: 'Tou-Hum-Mal-Neu', endReason: 'no_progress' }
        : game,
    );
    const weak = agentReport(about('explorer'), games);
    const found = boundsOf([...without('explorer'), weak]).filter(({ kept }) => !kept);
    expect(found.map(({ found: what }) => what)).toEqual(['the weakest is Tou with 299', '1.6 %']);
  });

  it('of an agent without games are missed', () => {
    expect(missed([...without('explorer'), scored('explorer', [])])).toHaveLength(4);
  });
});

import { describe, expect, it } from '@jest/globals';
import { curveChart } from './curves.ts';
import { distributionChart } from './distributions.ts';
import { intervalChart } from './intervals.ts';
import { panelChart } from './panels.ts';

/** Opening tags in their order, of a document whose tags are all closed. Throws where one is not. */
function tags(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, end, name = '', rest = ''] of svg.matchAll(
    /<(\/?)([a-z]+)((?: [A-Za-z0-9-]+="[^"<]*")*\/?)>/g,
  )) {
    if (end === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`${name} closes ${last ?? 'nothing'}`);
    } else {
      seen.push(name);
      if (!rest.endsWith('/')) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`open: ${open.join(', ')}`);
  // Whatever is left over is text without markup.
  expect(svg.replace(/<(\/?)([a-z]+)((?: [A-Za-z0-9-]+="[^"<]*")*\/?)>/g, '')).not.toMatch(/[<>]/);
  return seen;
}

const numbers = (svg: string): number[] =>
  [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"%]*)"/g)].map(([, value]) => Number(value));

const HOSTILE = [
  '<script>alert(1)</script>',
  '"/><x',
  '&amp;',
  '\u0000\u001b[2J',
  '\ud800',
  ']]>',
  '',
  '火影忍者',
];
const median = { median: 5, low: 2, high: 9 };

describe('a chart', () => {
  it.each(HOSTILE)('is well formed whatever a label holds: %j', (label) => {
    const charts = [
      distributionChart({ title: label, unit: label, rows: [{ label, values: [1, 2, 3], median }] }),
      intervalChart({ title: label, unit: label, series: [label], groups: [{ label, marks: [median] }] }),
      panelChart({
        ...{ title: label, format: String, labelWidth: 90 },
        panels: [{ label, bars: [{ label, value: 1 }] }],
      }),
    ];
    for (const chart of charts) {
      expect(tags(chart)[0]).toBe('svg');
      expect(chart).not.toMatch(/[\p{Cs}]|[\u0000-\u0008\u000b-\u001f]/u);
      expect(tags(chart)).toEqual(expect.arrayContaining(['title', 'desc']));
    }
  });

  it('draws nothing of no values, and keeps its size', () => {
    for (const chart of [
      distributionChart({ title: 't', unit: 'u', rows: [{ label: 'a', values: [], median: null }] }),
      intervalChart({ title: 't', unit: 'u', series: ['a'], groups: [{ label: 'x', marks: [null] }] }),
      panelChart({ title: 't', format: String, labelWidth: 90, panels: [{ label: 'a', bars: [] }] }),
      panelChart({ title: 't', format: String, labelWidth: 90, panels: [] }),
    ]) {
      tags(chart);
      expect(numbers(chart).every(Number.isFinite)).toBe(true);
    }
  });

  it('shows every value of a distribution in a bar, and places them in their order', () => {
    const values = [0, 0, 5, 70, 71, 999, 12_345];
    const chart = distributionChart({ title: 't', unit: 'u', rows: [{ label: 'a', values, median }] });
    const counts = [...chart.matchAll(/<title>[\d,.]+ to [\d,.]+: (\d+)<\/title>/g)].map(([, n]) =>
      Number(n),
    );
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
    expect(Math.min(...numbers(chart))).toBeGreaterThanOrEqual(0);
    expect(chart).toContain('7 values');
  });

  it('puts a larger median to the right, and its interval around it', () => {
    const chart = intervalChart({
      ...{ title: 't', unit: 'score', series: ['one', 'two'] },
      groups: [
        {
          label: 'Val',
          marks: [
            { median: 10, low: 5, high: 20 },
            { median: 1000, low: 500, high: 2000 },
          ],
        },
      ],
    });
    const dots = [...chart.matchAll(/<circle cx="([\d.]+)" cy="[\d.]+" r="4" fill="[^"]+"><title>/g)].map(
      ([, x]) => Number(x),
    );
    expect(dots).toHaveLength(2);
    expect(dots[0]).toBeLessThan(dots[1] ?? 0);
    expect(chart).toContain('Val, two: 1,000 (500 to 2,000)');
  });

  it('makes the longest bar of a panel as long as the room, and others in proportion', () => {
    const bars = [
      { label: 'a', value: 4 },
      { label: 'b', value: 1 },
    ];
    const chart = panelChart({ title: 't', format: String, labelWidth: 100, panels: [{ label: 'p', bars }] });
    const [first = 0, second = 0] = [...chart.matchAll(/width="([\d.]+)" height="11"/g)].map(([, w]) =>
      Number(w),
    );
    expect(first / second).toBeCloseTo(4);
  });
});

describe('curves', () => {
  it('have each point in its panel, the highest at the top, and leave out what is no number', () => {
    const svg = curveChart({
      ...{ title: 'A training <of> nothing', unit: 'moments' },
      panels: [
        {
          ...{ label: 'loss', format: (value: number) => value.toFixed(1) },
          curves: [
            {
              label: 'training',
              points: [
                [1, 4],
                [1.5, Number.NaN],
                [2, 1],
              ],
            },
            { label: 'held out', points: [[2, 2]] },
          ],
        },
        { label: 'nothing', format: String, curves: [{ label: 'training', points: [] }] },
      ],
    });
    expect(tags(svg).filter((name) => name === 'polyline')).toHaveLength(3);
    const points = [...svg.matchAll(/ points="([^"]*)"/g)].map(([, found]) => found);
    expect(points).toEqual(['206.0,74.0 356.0,228.5', '356.0,177.0', '']);
    expect(numbers(svg).every((value) => Number.isFinite(value))).toBe(true);
    expect(svg).toContain('training ends at 1.0, held out ends at 2.0');
  });
});

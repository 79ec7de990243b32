import type { Sample } from './engine/outcome.ts';

/** An SVG path of the score over the steps, filling `width` × `height`, the highest score at the top. */
export function scorePath(samples: readonly Sample[], total: number, width: number, height: number): string {
  const highest = samples.reduce((most, { score }) => Math.max(most, score), 1);
  const round = (value: number): number => Math.round(value * 10) / 10;
  return samples
    .map(({ step, score }, i) => {
      const x = round((step / total) * width);
      const y = round(height - (Math.max(0, score) / highest) * (height - 2));
      return `${i === 0 ? 'M' : 'L'}${x},${y}`;
    })
    .join('');
}

/** Stretches of a game on one depth, as shares 0 … 1 of its steps. */
export function depthSpans(
  samples: readonly Sample[],
  total: number,
): { from: number; to: number; depth: number }[] {
  const spans: { from: number; to: number; depth: number }[] = [];
  samples.forEach(({ step, depth }, i) => {
    const last = spans.at(-1);
    const to = (samples[i + 1]?.step ?? total) / total;
    if (last?.depth === depth) last.to = to;
    else spans.push({ from: step / total, to, depth });
  });
  return spans;
}

/** What every `npm run bench:…` shares: measures with bounds, the table, `--json`, `--check`. */
export { median, quantile } from './figures.ts';
export { type Bound, type Measure, isMissed } from './measure.ts';
export { type Apart, apart } from './processors.ts';
export { type Benchmark, runBenchmark } from './program.ts';

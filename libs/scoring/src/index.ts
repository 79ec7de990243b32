export * from './performance/cause.ts';
export * from './performance/interval.ts';
export * from './performance/performance.ts';
export * from './quantile.ts';
export * from './ranking.ts';
export * from './seeds.ts';
export * from './demo.ts';

export * from './quantile.ts';
export * from './ranking.ts';
export * from './seeds.ts';
export * from './demo.ts';

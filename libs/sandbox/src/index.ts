export * from './specification.ts';
export * from './errors.ts';
export * from './sandbox.ts';
export * from './staging.ts';
export * from './node-runtime.ts';
export { neutralise } from './log-tail.ts';

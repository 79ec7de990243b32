export * from './specification.ts';
export * from './errors.ts';
export * from './sandbox.ts';
export * from './staging.ts';
export { ownFolder } from './own-folder.ts';
export * from './node-runtime.ts';
export { neutralise } from './log-tail.ts';
export { SETUP_REMEDY } from './bubblewrap.ts';

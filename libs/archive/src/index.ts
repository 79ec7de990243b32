export * from './check.ts';
export * from './errors.ts';
export * from './limits.ts';
export { unpackArchive } from './unpack.ts';

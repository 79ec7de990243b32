export * from './check.ts';
export * from './errors.ts';
export * from './limits.ts';
export { unpackArchive } from './unpack.ts';
export { IGNORE_FILE, packAgent, type PackedAgent } from './pack.ts';
export { IGNORED_BY_DEFAULT, ignoreOf, type Ignore } from './ignore.ts';

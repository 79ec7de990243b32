export * from './check.ts';
export { CONFIG_OF_2021, MANIFEST, MANIFEST_OF_2021, type Contents } from './contents.ts';
export * from './errors.ts';
export { mebibytes } from './largest.ts';
export * from './limits.ts';
export { unpackArchive } from './unpack.ts';
export { agentFiles, IGNORE_FILE, packAgent, type PackedAgent } from './pack.ts';
export { IGNORED_BY_DEFAULT, ignoreOf, type Ignore } from './ignore.ts';

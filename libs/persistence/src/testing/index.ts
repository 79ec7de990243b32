export * from './database.ts';
export * from './fixtures.ts';
export { layFreshServer } from './fresh-server.ts';
export { openOwnServer, type OwnServer } from './own-server.ts';
export { testRun } from './server.ts';
export { canMount, fillDisk, freeDisk, mountSmall, remount, unmount } from './small-disk.ts';

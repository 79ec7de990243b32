/** What needs Node: other programs, files. */
export { Bzip2Error, bzip2, readUnpacked } from './bzip2.ts';

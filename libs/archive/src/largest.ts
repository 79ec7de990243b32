/** What makes a folder too large for an upload, in words. */
import { show } from './names.ts';

export interface Sized {
  readonly path: string;
  readonly size: number;
}

const MIB = 2 ** 20;
const MOST_NAMED = 5;

/** 1,234,567 bytes as `1.2 MiB`; what would be none as bytes. */
export const mebibytes = (bytes: number): string =>
  bytes < MIB / 10
    ? `${bytes.toLocaleString('en-US')} bytes`
    : `${(bytes / MIB).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MiB`;

/** The largest files, with what they take: where to begin. */
export function largestFiles(files: readonly Sized[]): string {
  const largest = [...files].sort((a, b) => b.size - a.size).slice(0, MOST_NAMED);
  return `The largest files: ${largest.map(({ path, size }) => `${show(path)} ${mebibytes(size)}`).join(', ')}.`;
}

/** The folders at the top, or files there, that hold the most files. */
export function fullestFolders(files: readonly Sized[]): string {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const slash = path.indexOf('/');
    const top = slash < 0 ? path : path.slice(0, slash + 1);
    counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  const fullest = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_NAMED);
  return `The most are in: ${fullest.map(([top, count]) => `${show(top)} ${count.toLocaleString('en-US')}`).join(', ')}.`;
}

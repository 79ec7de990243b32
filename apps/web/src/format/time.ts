/** Durations and moments as people read them. Everything takes its `now`, so nothing here reads a clock. */

const UNITS: readonly [milliseconds: number, name: Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `5 minutes ago`, `yesterday`; `just now` under a minute and for clocks that run behind the server's. */
export function formatAgo(iso: string, now: number): string {
  const age = now - Date.parse(iso);
  for (const [size, name] of UNITS) {
    if (age >= size) return relative.format(-Math.floor(age / size), name);
  }
  return 'just now';
}

/** `850 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * Milliseconds an evaluation will still need, from its pace so far; null while fewer than 4 games are done (the first
 * ones to end are the short ones, so an estimate from fewer is far off) or nothing is left.
 */
export function estimateLeft(
  startedAt: string | null,
  done: number,
  total: number,
  now: number,
): number | null {
  if (startedAt === null || done < 4 || done >= total) return null;
  const elapsed = now - Date.parse(startedAt);
  return elapsed <= 0 ? null : (elapsed / done) * (total - done);
}

import type { SanitizerReport } from './reports.ts';

/** What stock NetHack 3.6.6 does wrong, harmlessly here: reported by the sanitizers and no finding of ours. */
export interface KnownReport {
  /** Begin of the report's words. */
  readonly what: string;
  readonly file: string;
  readonly function: string;
  readonly reason: string;
}

const CLOSING_WINDOW =
  'At the end of a game WIN_MESSAGE is WIN_ERR (-1) already when the last window is freed; wins[-1] is compared with ' +
  'that window, which no word beside the array equals, and nothing is written.';

export const KNOWN: readonly KnownReport[] = [
  {
    what: 'index -1 out of bounds',
    file: 'win/tty/wintty.c',
    function: 'free_window_info',
    reason: CLOSING_WINDOW,
  },
  {
    what: 'global-buffer-overflow',
    file: 'win/tty/wintty.c',
    function: 'free_window_info',
    reason: CLOSING_WINDOW,
  },
];

/** The entry a report belongs to; undefined: it is news. What lies in a file of the port is never known. */
export function knownReport(report: SanitizerReport): KnownReport | undefined {
  if (report.ours) return undefined;
  return KNOWN.find(
    (known) =>
      report.what.startsWith(known.what) && report.file === known.file && report.function === known.function,
  );
}

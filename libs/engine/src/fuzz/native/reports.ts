/** One thing that a sanitizer objects to. */
export interface SanitizerReport {
  /** `heap-use-after-free`; of the undefined behaviours, the words: `index -1 out of bounds for type …`. */
  readonly what: string;
  /** The innermost frame that lies in a source of ours or of NetHack's: `src/end.c`, `port/map.c`. */
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** Whether that file is one of the port's, not of NetHack's. */
  readonly ours: boolean;
  /** `function file:line`, innermost first. */
  readonly stack: readonly string[];
}

interface Frame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly ours: boolean;
}

const ADDRESS = /^==\d+==ERROR: AddressSanitizer: (\S+)/;
const UNDEFINED = /^(\S+?):(\d+):\d+: runtime error: (.*)$/;
const FRAME = /^ {4}#\d+ 0x[0-9a-f]+ in (\S+) ([^\s(]+?)(?::(\d+))?(?::\d+)?(?: \(.*)?$/;
/** A block ends here; what follows the first stack tells where the memory came from. */
const END = /^(SUMMARY: |$)/;

/** Where the twin's own files lie; everything else below NetHack's folder is NetHack's, libraries are neither. */
function placeOf(path: string): { file: string; ours: boolean } | null {
  const nethack = /nethack-[0-9a-f]+\/(?:include\/\.\.\/)?(.+)$/.exec(path)?.[1];
  if (nethack !== undefined) return { file: nethack, ours: false };
  const own = /nle-wasm\/src\/(.+)$/.exec(path)?.[1];
  return own === undefined ? null : { file: own, ours: true };
}

function frameOf(line: string): Frame | null {
  const [, name, path, number] = FRAME.exec(line) ?? [];
  const place = path === undefined ? null : placeOf(path);
  return place === null || name === undefined
    ? null
    : { ...place, function: name, line: Number(number ?? 0) };
}

function reportOf(what: string, at: Frame | null, frames: readonly Frame[]): SanitizerReport {
  const inner = frames[0] ?? at ?? { file: '?', line: 0, function: '?', ours: true };
  const stack = frames.map((frame) => `${frame.function} ${frame.file}:${String(frame.line)}`);
  return { what, ...inner, stack };
}

/**
 * Reads what AddressSanitizer and UndefinedBehaviorSanitizer wrote to standard error. What neither wrote is skipped; a
 * report without a frame of ours or NetHack's counts as ours, so that nothing is lost.
 */
export function readReports(told: string): SanitizerReport[] {
  const lines = told.split('\n');
  const reports: SanitizerReport[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, address] = ADDRESS.exec(line) ?? [];
    const [, path, number, words] = UNDEFINED.exec(line) ?? [];
    const what = address ?? words;
    if (what === undefined) continue;
    const frames: Frame[] = [];
    for (at += 1; at < lines.length && !END.test(lines[at] ?? ''); at += 1) {
      const frame = frameOf(lines[at] ?? '');
      if (frame !== null) frames.push(frame);
    }
    const place = path === undefined ? null : placeOf(path);
    const here = place === null ? null : { ...place, line: Number(number), function: '?' };
    reports.push(reportOf(what, here, frames));
  }
  return reports;
}

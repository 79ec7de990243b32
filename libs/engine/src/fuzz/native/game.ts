import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { playNatively, type TwinReport } from '@arena/nle-wasm/twin';
import { resolveSettings } from '../../settings.ts';
import type { Finding, FindingKind } from '../finding.ts';
import { knownReport, type KnownReport } from './known.ts';
import { type RecordedGame, digestedFields } from './record.ts';
import { readReports, type SanitizerReport } from './reports.ts';

export interface NativeGame {
  readonly findings: readonly Finding[];
  /** Reports about stock NetHack that are known. */
  readonly known: readonly KnownReport[];
  /** Whether the observations were compared: not where debug mode printed sizes of this machine. */
  readonly compared: boolean;
}

/** Debug mode's commands that print sizes or addresses, which 32 and 64 bits do not share. */
const MACHINE_COMMANDS = ['#stats', '#timeout', '#lightsources'];
const SYMBOLIZERS = ['llvm-symbolizer-14', 'llvm-symbolizer'];

/** enum arena_phase of port/engine.h */
const PHASE = { running: 1, ended: 2 } as const;

const FRAMES_TOLD = 8;

function symbolizer(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return SYMBOLIZERS.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

/** Reports tell functions and lines; the game goes on after each; NetHack never frees all it took, so leaks are not asked for. */
export function sanitizerOptions(): NodeJS.ProcessEnv {
  const path = symbolizer();
  return {
    ASAN_OPTIONS: 'halt_on_error=0:detect_leaks=0:detect_stack_use_after_return=1',
    UBSAN_OPTIONS: 'print_stacktrace=1',
    ...(path === undefined ? {} : { ASAN_SYMBOLIZER_PATH: path }),
  };
}

function tellReport({ what, file, line, function: name, ours, stack }: SanitizerReport): string {
  const where = `${name} (${file}:${String(line)}, ${ours ? 'the port' : 'NetHack'})`;
  return [`${what} in ${where}`, ...stack.slice(1, FRAMES_TOLD).map((frame) => `    from ${frame}`)].join(
    '\n',
  );
}

function difference(game: RecordedGame, report: TwinReport, compared: boolean): string | null {
  const phase = game.end === null ? PHASE.running : game.end === 'FAULT' ? null : PHASE.ended;
  if (phase !== null && report.phase !== phase)
    return `wasm: ${game.end ?? 'goes on'}, natively: phase ${String(report.phase)} ${report.fault}`;
  if (report.observations !== game.observations)
    return `wasm: ${String(game.observations)} observations, natively ${String(report.observations)}`;
  if (compared && report.digest !== game.digest)
    return `the digests of the ${String(game.observations)} observations differ`;
  return null;
}

/** Plays a recorded game on the sanitized twin. Rejects with LoaderError `bad_engine` where that is not built. */
export async function playSanitized(game: RecordedGame): Promise<NativeGame> {
  const settings = resolveSettings({ ...game.plan.settings, fields: digestedFields(game.plan) });
  const { reports, told } = await playNatively([{ settings, keys: game.tape }], {
    digest: true,
    build: 'twin-asan',
    environment: sanitizerOptions(),
  });
  const findings: Finding[] = [];
  const known: KnownReport[] = [];
  const add = (kind: FindingKind, message: string): void => {
    findings.push({ kind, message, game });
  };
  for (const report of readReports(told)) {
    const entry = knownReport(report);
    if (entry === undefined) add('sanitizer', tellReport(report));
    else known.push(entry);
  }
  const text = Buffer.from(game.tape).toString('latin1');
  const compared = !MACHINE_COMMANDS.some((command) => text.includes(command));
  const [report] = reports;
  if (report === undefined || 'died' in report) {
    add('native game died', `${report?.died ?? 'without a word'}: ${told.slice(-2000)}`);
    return { findings, known, compared: false };
  }
  const differs = difference(game, report, compared);
  if (differs !== null) add('native game differs', differs);
  return { findings, known, compared };
}

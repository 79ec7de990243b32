import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LoaderError } from '@arena/nle-wasm';
import { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { describeFinding, findingRecord } from './finding.ts';
import { fuzzGame } from './game.ts';
import { fuzzNatively, type NativeReport } from './native/run.ts';
import { planGame } from './plan.ts';
import type { FuzzReport } from './run.ts';
import { fuzz } from './run.ts';

const HELP = `Plays random keys and looks for what must not happen: traps, panics, hangs, memory that grows, a game that
differs when it goes on from a snapshot or is run the other way.

Every role plays, every third game in debug mode. The same seed gives the same games.

With --native the same games and keys are played by the native twin under AddressSanitizer and
UndefinedBehaviorSanitizer, which find what wasm does not notice; its observations are compared, too.

usage: fuzz [--native] [--keys N] [--seed S] [--game I] [--json]

  --native   on the native twin, which is built where it is missing or out of date
  --keys N   keys to give (default 100000)
  --seed S   whole number from 0 to 4294967295 (default 1)
  --game I   only game I of the run, from its beginning
  --json     one JSON document on standard output

Exit code: 0 if nothing was found, 1 if something was, 2 for a wrong call.
`;

function wrongCall(message: string): never {
  console.error(`fuzz: ${message}\n\n${HELP}`);
  process.exit(2);
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  return wrongCall(`--${name} must be a whole number from ${String(least)} to ${String(most)}, not ${text}`);
}

interface Call {
  readonly native: boolean;
  readonly keys: number;
  readonly seed: number;
  readonly game: number | null;
  readonly json: boolean;
}

function parse(): Call {
  try {
    const { values } = parseArgs({
      options: {
        native: { type: 'boolean', default: false },
        keys: { type: 'string', default: '100000' },
        seed: { type: 'string', default: '1' },
        game: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    return {
      native: values.native,
      keys: whole('keys', values.keys, 1, 1e9),
      seed: whole('seed', values.seed, 0, 0xffff_ffff),
      game: values.game === undefined ? null : whole('game', values.game, 0, 1e9),
      json: values.json,
    };
  } catch (error) {
    return wrongCall(error instanceof Error ? error.message : String(error));
  }
}

/** A bar that is rewritten in place on a terminal, and a line every ten per cent elsewhere. */
function progressBar(total: number): (keys: number, findings: number) => void {
  const begin = performance.now();
  let told = -1;
  return (keys, findings) => {
    const percent = Math.min(100, Math.floor((keys / total) * 100));
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 10) * 10;
    if (step === told) return;
    told = step;
    const rate = Math.round(keys / ((performance.now() - begin) / 1000));
    const bar = '█'.repeat(Math.floor(percent / 5)).padEnd(20, '░');
    const line = `${bar} ${String(percent)} %  ${String(keys)} keys, ${String(rate)}/s, ${String(findings)} found`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    if (percent === 100 && process.stderr.isTTY) process.stderr.write('\n');
  };
}

/** What the process holds after a collection; without one the heap's wavering would hide a leak. */
function memoryMeasure(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return process.memoryUsage.rss();
  };
}

function oneGame(engine: Engine, seed: number, index: number): FuzzReport {
  const played = fuzzGame(engine, planGame(seed, index), seed, Infinity);
  const { keys, branches, bytes, findings, end } = played;
  return {
    ...{ seed, keys, games: 1, branches, mostBytes: bytes, findings },
    ends: { [end ?? 'KEYS USED UP']: 1 },
    hostMemory: [],
  };
}

function tell({ seed, findings, ...figures }: AnyReport, engine: string, { json }: Call): void {
  if (json) {
    console.log(JSON.stringify({ engine, seed, ...figures, findings: findings.map(findingRecord) }));
    return;
  }
  for (const finding of findings) console.log(describeFinding(finding, seed));
  const ends = Object.entries(figures.ends).map(([name, count]) => `${name} ${String(count)}`);
  const played = `${String(figures.keys)} keys in ${String(figures.games)} games`;
  const found = `${String(findings.length)} found`;
  const [part, more] = 'compared' in figures ? nativeLines(figures) : wasmLines(figures);
  console.log([`${played}, ${part}: ${found}`, `ends: ${ends.join(', ')}`, ...more].join('\n'));
}

function wasmLines(figures: Omit<FuzzReport, 'seed' | 'findings'>): [string, string[]] {
  const mebibytes = (bytes: number): string => (bytes / 1048576).toFixed(1);
  return [
    `${String(figures.branches)} branches`,
    [
      `most memory of a game: ${mebibytes(figures.mostBytes)} MiB`,
      ...(figures.hostMemory.length > 0
        ? [`memory of the process, MiB: ${figures.hostMemory.map(mebibytes).join(' ')}`]
        : []),
    ],
  ];
}

function nativeLines(figures: Omit<NativeReport, 'seed' | 'findings'>): [string, string[]] {
  return [
    `${String(figures.compared)} compared with wasm`,
    Object.entries(figures.known).map(
      ([reason, count]) => `known of NetHack, ${String(count)} times: ${reason}`,
    ),
  ];
}

type AnyReport = FuzzReport | NativeReport;

function run(engine: Engine, { native, keys, seed, game }: Call): AnyReport | Promise<AnyReport> {
  if (native) {
    const options = { seed, onProgress: progressBar(game === null ? keys : planGame(seed, game).keys) };
    return game === null
      ? fuzzNatively(engine, { ...options, keys })
      : fuzzNatively(engine, { ...options, keys: Infinity, first: game, games: 1 });
  }
  if (game !== null) return oneGame(engine, seed, game);
  return fuzz(engine, { seed, keys, onProgress: progressBar(keys), measure: memoryMeasure() });
}

const call = parse();
try {
  const engine = await Engine.load();
  const report = await run(engine, call);
  tell(report, engine.id, call);
  process.exitCode = report.findings.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof EngineError) && !(error instanceof LoaderError)) throw error;
  console.error(`fuzz: ${error.message}`);
  process.exitCode = 1;
}

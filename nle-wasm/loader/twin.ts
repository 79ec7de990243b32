import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SETTINGS } from './layout.ts';
import { LoaderError } from './errors.ts';
import { ENGINE_FOLDER } from './node.ts';
import type { SetUp } from './settings.ts';
import { writeSettings } from './settings.ts';

/** A game for the native twin. */
export interface TwinGame {
  readonly settings: SetUp;
  /** One byte a key. */
  readonly keys: Uint8Array;
}

/** What came of it, as src/native/main.c tells it. */
export interface TwinReport {
  /** enum arena_phase; running: the keys ran out */
  readonly phase: number;
  /** NetHack's end code, -1 without an end */
  readonly how: number;
  readonly keys: number;
  readonly observations: number;
  /** CRC-32 of the CRC-32s of all observations; 0 if not asked for. */
  readonly digest: number;
  /** Processor seconds up to the first key request. */
  readonly start: number;
  /** Processor seconds from there to the end of the game or of the keys. */
  readonly play: number;
  /** What NetHack said when it gave up; empty if it did not. */
  readonly fault: string;
  readonly optionError: string;
}

/** The system, or a sanitizer, ended it: `signal 11`, `exit code 1`. */
export interface TwinDeath {
  readonly died: string;
}

export interface TwinRun {
  /** One a game, in order. */
  readonly reports: readonly (TwinReport | TwinDeath)[];
  /** What was written to standard error: a sanitizer's findings. */
  readonly told: string;
}

export type TwinBuild = 'twin' | 'twin-asan';

export interface TwinOptions {
  readonly digest?: boolean;
  readonly build?: TwinBuild;
  readonly environment?: NodeJS.ProcessEnv;
}

function encode({ settings, keys }: TwinGame): Uint8Array {
  const bytes = new Uint8Array(SETTINGS.bytes + 4 + keys.length);
  const view = new DataView(bytes.buffer);
  writeSettings(view, settings);
  view.setUint32(SETTINGS.bytes, keys.length, true);
  bytes.set(keys, SETTINGS.bytes + 4);
  return bytes;
}

/**
 * Plays games one after another on the native twin (built by nle-wasm/build/twin.ts), each in a process of its own.
 * Rejects with LoaderError `bad_engine` when the twin is not built or does not run.
 */
export async function playNatively(games: readonly TwinGame[], options: TwinOptions = {}): Promise<TwinRun> {
  const program = `${ENGINE_FOLDER}${options.build ?? 'twin'}`;
  const remedy = `run: node nle-wasm/build/twin.ts${options.build === 'twin-asan' ? ' --sanitize' : ''}`;
  if (!existsSync(program))
    throw new LoaderError('bad_engine', `the native twin is not built (there is no ${program}); ${remedy}`);
  const child = spawn(program, options.digest === true ? ['--digest'] : [], {
    env: options.environment ?? {},
  });
  const out: Buffer[] = [];
  const told: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
  const ended = new Promise<string | null>((resolve, reject) => {
    child.on('error', reject);
    child.stdin.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code === 0 ? null : (signal ?? `exit code ${String(code)}`));
    });
  });
  child.stdin.end(Buffer.concat(games.map(encode)));
  const failure = await ended.catch((error: unknown) => String(error));
  const words = Buffer.concat(told).toString('latin1');
  if (failure !== null)
    throw new LoaderError('bad_engine', `${program} failed (${failure}): ${words.slice(-2000)}`);
  const lines = Buffer.concat(out).toString('latin1').trim().split('\n');
  return {
    reports: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TwinReport),
    told: words,
  };
}

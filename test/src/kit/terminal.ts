/** The command line as its users have it: by itself, and in a pseudo terminal. */
import { execFile, spawn } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const ARENA = `${root}apps/cli/bin/arena.js`;
const PYTHON = `${root}test/python`;
/** Decoding a recording of 3,000 screens gives some 0.2 MB of JSON. */
const MOST_OUTPUT = 64 * 2 ** 20;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], folder: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: folder, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(error ?? new Error(`${command} ended without a code`));
    });
  });
}

/** Runs `arena …` without a terminal. */
export const arena = (folder: string, ...args: readonly string[]): Promise<Ran> =>
  run(process.execPath, [ARENA, ...args], folder);

/** Runs one of test/python's programs, or one by its whole path, and reads the JSON it prints. */
export async function python(folder: string, script: string, ...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run('python3', [resolvePath(PYTHON, script), ...args], folder);
  if (code !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout) as unknown;
}

export interface Step {
  /** Waits until the screen's lines match this (Python's syntax; `.` matches line ends too). */
  readonly wait?: string;
  /** Then: what to type, Latin-1. */
  readonly send?: string;
  readonly resize?: readonly [rows: number, columns: number];
  readonly signal?: number;
}

export interface Session {
  /** The screen after each wait. */
  readonly screens: readonly string[];
  readonly code: number;
  /** The terminal's settings are what they were before. */
  readonly restored: boolean;
  readonly leftAlternate: boolean;
  readonly cursorShown: boolean;
  /** What was printed on the normal screen at the end. */
  readonly after: string;
}

/** Runs `arena …` in a pseudo terminal. Rejects with the screen if it never shows what is waited for. */
export async function inTerminal(
  folder: string,
  args: readonly string[],
  steps: readonly Step[],
  [rows, columns]: readonly [number, number] = [24, 80],
): Promise<Session> {
  const command = [process.execPath, ARENA, ...args];
  const task = JSON.stringify({ command, folder, rows, columns, steps });
  const driver = spawn('python3', [`${PYTHON}/drive_terminal.py`], { stdio: ['pipe', 'pipe', 'inherit'] });
  driver.stdin.end(task);
  const text = (await driver.stdout.setEncoding('utf8').toArray()).join('');
  const session = JSON.parse(text) as Session & { error?: string };
  if (session.error !== undefined) throw new Error(session.error);
  return session;
}

/** All that must be true of every session that is over, however it ended. */
export const TIDY = { restored: true, leftAlternate: true, cursorShown: true } as const;

import { spawn } from 'node:child_process';
import { BuildError } from './errors.ts';

/** Output of a program that succeeded; a BuildError with its last lines otherwise. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (cause) => {
      reject(new BuildError(`${program} could not be started: ${cause.message}`, { cause }));
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new BuildError(
            `${program} failed (${signal ?? `exit code ${String(code)}`}):\n${output.slice(-4000)}`,
          ),
        );
    });
  });
}

/** Works through jobs with a few at a time; the first failure stops handing out new ones. */
export async function inParallel<T>(
  jobs: readonly T[],
  width: number,
  work: (job: T) => Promise<void>,
): Promise<void> {
  const queue = [...jobs];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined && !failed; job = queue.shift()) {
      try {
        await work(job);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

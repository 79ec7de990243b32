import { spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readSync, writeSync } from 'node:fs';
import type { Fifos } from './fifos.ts';

/** Both ends of a pipe. */
export interface Pipe {
  read: number;
  write: number;
}

export const PIPES = ['stdin', 'stdout', 'stderr', 'up', 'options', 'filter'] as const;
export type Pipes = Record<(typeof PIPES)[number], Pipe>;

/**
 * Real pipes for a child. Node's own 'pipe' makes socket pairs, with which an agent could do what sockets can do
 * (pass descriptors, half-close), and Node has no pipe(2); so: FIFOs in a folder that only we can enter, opened at both
 * ends, and unlinked before anybody else runs. Mode 600: another uid cannot open them again through /proc/self/fd.
 */
export function openPipes(fifos: Fifos): Pipes {
  const opened: Partial<Pipes> = {};
  try {
    PIPES.forEach((name, i) => {
      opened[name] = openBoth(fifos.paths[i] ?? '', name === 'stderr');
    });
    return opened as Pipes;
  } catch (error) {
    for (const { read, write } of Object.values(opened)) [read, write].forEach(closeSync);
    throw error;
  } finally {
    fifos.drop();
  }
}

/** `nonBlocking`: the reader's end belongs to an event loop. The ends are apart, each with its own flags. */
function openBoth(path: string, nonBlocking: boolean): Pipe {
  // Opening one end alone would wait for the other; Linux opens a FIFO for both without waiting.
  const both = openSync(path, constants.O_RDWR);
  try {
    const read = openSync(path, constants.O_RDONLY | (nonBlocking ? constants.O_NONBLOCK : 0));
    try {
      return { read, write: openSync(path, constants.O_WRONLY) };
    } catch (error) {
      closeSync(read);
      throw error;
    }
  } finally {
    closeSync(both);
  }
}

const KERNELS_PIPE_BYTES = 65_536;
/** What an ordinary user may ask for: /proc/sys/fs/pipe-max-size. */
const MOST_PIPE_BYTES = 1_048_576;
const PERL = '/usr/bin/perl';
/** F_SETPIPE_SZ of fcntl.h; the pipe of standard input. */
const WIDEN = `exit(fcntl(STDIN, 1031, int($ARGV[0])) ? 0 : 1)`;

/**
 * Makes room for frames of `bytes`, up to 1 MiB. A frame of 624 kB through the usual 64 kB takes ten wake-ups of either side:
 * 600 frames a second instead of 1,500 measured here. Node has no fcntl, Debian always has perl; costs 3 ms. Without it
 * everything works, only slower.
 */
export function widen(pipe: Pipe, bytes: number): void {
  if (bytes <= KERNELS_PIPE_BYTES || !existsSync(PERL)) return;
  const size = Math.min(MOST_PIPE_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
  spawnSync(PERL, ['-e', WIDEN, String(size)], { env: {}, stdio: [pipe.read, 'ignore', 'ignore'] });
}

/** More than a reader waits for at once. */
const RELEASING_BYTES = 4096;

/**
 * Wakes threads that wait on the host's ends while somebody who cannot be ended holds the others: whoever reads is given bytes that no agent may
 * write, whoever writes is given room.
 */
export function releaseWaiting({ stdin, stdout }: { stdin: number; stdout: number }): void {
  withOtherEnd(stdout, constants.O_WRONLY, (end) => writeSync(end, Buffer.alloc(RELEASING_BYTES, 0xff)));
  withOtherEnd(stdin, constants.O_RDONLY, (end) => {
    while (readSync(end, Buffer.alloc(KERNELS_PIPE_BYTES)) > 0);
  });
}

function withOtherEnd(fd: number, direction: number, use: (end: number) => void): void {
  const end = openSync(`/proc/self/fd/${fd}`, direction | constants.O_NONBLOCK);
  try {
    use(end);
  } catch (error) {
    // Full or empty: then nobody waits.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  } finally {
    closeSync(end);
  }
}

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedServerError } from './errors.ts';
import { identityOf } from './process.ts';

/** Starting a server that recovers may take minutes; whoever holds the lock has limits of its own. */
const PATIENCE_MS = 600_000;

/**
 * Runs `work` while no other process is in it for the same file. The file names its holder by process id and birth, so
 * that a lock whose holder was killed is taken over at once, also where its process id belongs to another program by now
 * (the rule in a container that was started again).
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  const token = `${identityOf(process.pid) ?? process.pid}\n${randomUUID()}\n`;
  while (!tryLock(file, token)) {
    const held = read(file);
    if (held === null) continue;
    if (!isHeld(held)) takeAway(file, held);
    else if (Date.now() > deadline) {
      throw new EmbeddedServerError(
        `process ${held.split(' ')[0] ?? '?'} holds ${file} for ten minutes; end it or remove the file`,
      );
    } else await sleep(50);
  }
  try {
    return await work();
  } finally {
    if (read(file) === token) rmSync(file, { force: true });
  }
}

/** Written aside and linked: nobody reads a lock that has no holder in it yet. */
function tryLock(file: string, token: string): boolean {
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, token, { mode: 0o600 });
  try {
    return link(own, file);
  } finally {
    rmSync(own, { force: true });
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(token: string): boolean {
  const [holder = ''] = token.split('\n');
  const pid = Number(holder.split(' ')[0]);
  return pid > 0 && identityOf(pid) === holder;
}

/** Two may find a dead lock at once: the slower one then has the faster one's new lock in its hands, and puts it back. */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // The other one was faster.
  }
  if (read(aside) !== dead) link(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

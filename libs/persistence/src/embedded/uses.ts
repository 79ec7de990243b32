/**
 * Who uses a server: a file each, named by its process, so that several programs of a checkout share one server and
 * the last of them stops it. Called under the server's lock.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf } from './process.ts';

let count = 0;

const folderOf = (directory: string): string => join(directory, 'uses');

/** Notes one more use by this process; answers with its name for {@link endUse}. */
export function addUse(directory: string): string {
  mkdirSync(folderOf(directory), { recursive: true });
  const name = `${process.pid}-${++count}`;
  writeFileSync(join(folderOf(directory), name), birthOf(process.pid) ?? '');
  return name;
}

/** Ends a use; true if no other one is left of a process that lives. What killed processes left is cleared away. */
export function endUse(directory: string, use: string): boolean {
  const folder = folderOf(directory);
  rmSync(join(folder, use), { force: true });
  const left = readdirSync(folder).filter((name) => {
    const isLive = birthOf(Number(name.split('-')[0])) === readFileSync(join(folder, name), 'utf8');
    if (!isLive) rmSync(join(folder, name), { force: true });
    return isLive;
  });
  return left.length === 0;
}

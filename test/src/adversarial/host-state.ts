/** What of the host a sandbox could leave behind or change. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface HostState {
  descriptors: number;
  /** Living processes under a uid of the sandboxes, and sandboxes that are our children. */
  processes: string[];
  /** Control groups of this process' sandboxes. */
  groups: string[];
  mounts: number;
  /** Files of the platform's where agents might have left some. */
  files: string[];
  /** Of the agent's own files, with size and mode. */
  agent: string[];
}

const CONTROLLERS = '/sys/fs/cgroup';

export function hostState(uids: { first: number; count: number }, agentFolder: string): HostState {
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    processes: processes(uids),
    groups: groups(CONTROLLERS, 0),
    // Without the small disks that other tests, which run at the same time, mount below /tmp and fill.
    mounts: readFileSync('/proc/self/mounts', 'latin1')
      .split('\n')
      .filter((line) => !/^\S+ \/tmp\/\S+ tmpfs /.test(line)).length,
    files: [tmpdir(), '/dev/shm'].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => ownedBy(join(folder, name), uids))
        .map((name) => join(folder, name)),
    ),
    agent: readdirSync(agentFolder).map((name) => {
      const { size, mode, mtimeMs } = statSync(join(agentFolder, name));
      return `${name} ${size} ${mode} ${mtimeMs}`;
    }),
  };
}

function ownedBy(path: string, { first, count }: { first: number; count: number }): boolean {
  const uid = statSync(path, { throwIfNoEntry: false })?.uid ?? -1;
  return uid >= first && uid < first + count;
}

function processes({ first, count }: { first: number; count: number }): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, command, state, parent] =
          /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
        if (state === 'Z') return false;
        const uid = Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
        return (
          (command === 'bwrap' && Number(parent) === process.pid) || (uid >= first && uid < first + count)
        );
      } catch {
        return false;
      }
    });
}

/** Five levels deep: a controller, its slices, and the group this process is in. */
function groups(folder: string, depth: number): string[] {
  if (depth > 5 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(folder, name);
      return name.startsWith(`arena-${process.pid}-`) ? [path] : groups(path, depth + 1);
    });
}

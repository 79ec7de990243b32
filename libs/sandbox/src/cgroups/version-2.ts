import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxLimits } from '../specification.ts';
import {
  filesBytes,
  memoryBytes,
  processCount,
  quota,
  toMiB,
  type Cell,
  type Cells,
  type CellUsage,
  type Counters,
} from './cell.ts';
import { figure, graceIn, newName, readOr, removeAll, usable, writeIfThere } from './files.ts';
import { endGroups, isEmptyGroup } from './members.ts';
import type { Hierarchy } from './hierarchies.ts';

const WANTED = ['memory', 'pids', 'cpu'];
const US_PER_MS = 1e3;
/** Where this process goes, since a group with groups that are limited may hold no processes of its own. */
const HOST = 'arena-host';

/** Where memory and pids can be handed on, as systemd's Delegate=yes and a container's own tree allow; else null. */
export function versionTwo(found: readonly Hierarchy[]): Cells | null {
  const parent = found.find(({ version }) => version === 2)?.folder;
  if (parent === undefined) return null;
  const there = readOr(join(parent, 'cgroup.controllers'), '').trim().split(' ');
  if (!there.includes('memory') || !there.includes('pids')) return null;
  const handed = (): string[] => readOr(join(parent, 'cgroup.subtree_control'), '').trim().split(' ');
  if (!handed().includes('memory') || !handed().includes('pids')) {
    try {
      const host = join(parent, HOST);
      mkdirSync(host, { recursive: true });
      for (const pid of readOr(join(parent, 'cgroup.procs'), '').split('\n').filter(Boolean))
        writeIfThere(join(host, 'cgroup.procs'), pid);
      const wanted = WANTED.filter((name) => there.includes(name)).map((name) => `+${name}`);
      writeFileSync(join(parent, 'cgroup.subtree_control'), wanted.join(' '));
    } catch {
      return null;
    }
  }
  if (!usable(parent, ['memory.max', 'pids.max', 'cpu.stat'])) return null;
  const names = WANTED.filter((name) => handed().includes(name));
  return {
    description: `cgroup v2 (${names.join(', ')})`,
    expect: () => graceIn(existsSync(join(parent, HOST)) ? join(parent, HOST) : parent),
    make: (limits) => new CellTwo(parent, limits),
  };
}

/** One below `parent`. */
export class CellTwo implements Cell {
  readonly counters: Counters;
  readonly #folder: string;

  constructor(parent: string, limits: SandboxLimits) {
    this.#folder = join(parent, newName());
    this.counters = {
      memory: join(this.#folder, 'memory.stat'),
      anonymous: 'anon',
      ...{ shared: 'shmem', filesBytes: filesBytes(limits) },
      pids: join(this.#folder, 'pids.current'),
      cpu: join(this.#folder, 'cpu.stat'),
      cpuLine: 'usage_usec',
    };
    mkdirSync(this.#folder);
    writeFileSync(join(this.#folder, 'memory.max'), String(memoryBytes(limits)));
    writeIfThere(join(this.#folder, 'memory.swap.max'), 0);
    writeIfThere(join(this.#folder, 'memory.oom.group'), 1);
    writeFileSync(join(this.#folder, 'pids.max'), String(processCount(limits)));
    const share = quota(limits);
    if (share) writeIfThere(join(this.#folder, 'cpu.max'), `${share.us} ${share.periodUs}`);
  }

  enter(pid: number): void {
    writeFileSync(join(this.#folder, 'cgroup.procs'), String(pid));
  }

  kill(): void {
    endGroups([this.#folder]);
  }

  isEmpty(): boolean {
    return isEmptyGroup(this.#folder);
  }

  usage(): CellUsage {
    return {
      cpuMs: figure(readOr(join(this.#folder, 'cpu.stat'), ''), 'usage_usec') / US_PER_MS,
      outOfMemory: figure(readOr(join(this.#folder, 'memory.events'), ''), 'oom_kill'),
      memoryMiB: toMiB(Number(readOr(join(this.#folder, 'memory.current'), '0'))),
    };
  }

  remove(): Promise<boolean> {
    return removeAll([this.#folder]);
  }
}

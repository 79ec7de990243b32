import { mkdirSync, writeFileSync } from 'node:fs';
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

const NS_PER_MS = 1e6;

/** With the controllers memory and pids; null where they are not there or not ours to use. */
export function versionOne(found: readonly Hierarchy[]): Cells | null {
  const folderOf = (controller: string, file: string): string | null => {
    const folder = found.find(
      ({ version, controllers }) => version === 1 && controllers.includes(controller),
    )?.folder;
    return folder !== undefined && usable(folder, [file]) ? folder : null;
  };
  const memory = folderOf('memory', 'memory.limit_in_bytes');
  const pids = folderOf('pids', 'pids.max');
  const cpu = folderOf('cpuacct', 'cpuacct.usage');
  if (memory === null || pids === null || cpu === null) return null;
  // Agents share the processors by sandbox, not by how many threads they start.
  const share = folderOf('cpu', 'cpu.shares');
  const names = ['memory', 'pids', 'cpuacct', ...(share === null ? [] : ['cpu'])];
  return {
    description: `cgroup v1 (${names.join(', ')})`,
    expect: () => graceIn(memory),
    make: (limits) => new CellOne({ memory, pids, cpu, share }, limits),
  };
}

interface Parents {
  memory: string;
  pids: string;
  cpu: string;
  share: string | null;
}

class CellOne implements Cell {
  readonly counters: Counters;
  readonly #memory: string;
  readonly #cpu: string;
  readonly #pids: string;
  readonly #folders: readonly string[];

  constructor({ memory, pids, cpu, share }: Parents, limits: SandboxLimits) {
    const name = newName();
    this.#memory = join(memory, name);
    this.#cpu = join(cpu, name);
    this.#pids = join(pids, name);
    // Controllers may be mounted together: then a folder stands for more than one.
    this.#folders = [
      ...new Set([this.#memory, this.#pids, this.#cpu, ...(share === null ? [] : [join(share, name)])]),
    ];
    this.counters = {
      memory: join(this.#memory, 'memory.stat'),
      anonymous: 'rss',
      ...{ shared: 'shmem', filesBytes: filesBytes(limits) },
      pids: join(this.#pids, 'pids.current'),
      cpu: join(this.#cpu, 'cpuacct.usage'),
      cpuLine: null,
    };
    for (const folder of this.#folders) mkdirSync(folder);
    const bytes = memoryBytes(limits);
    writeFileSync(join(this.#memory, 'memory.limit_in_bytes'), String(bytes));
    writeIfThere(join(this.#memory, 'memory.memsw.limit_in_bytes'), bytes);
    writeFileSync(join(this.#pids, 'pids.max'), String(processCount(limits)));
    const part = quota(limits);
    if (part && share !== null) {
      writeIfThere(join(share, name, 'cpu.cfs_period_us'), part.periodUs);
      writeIfThere(join(share, name, 'cpu.cfs_quota_us'), part.us);
    }
  }

  enter(pid: number): void {
    for (const folder of this.#folders) writeFileSync(join(folder, 'cgroup.procs'), String(pid));
  }

  kill(): void {
    endGroups(this.#folders);
  }

  isEmpty(): boolean {
    return this.#folders.every(isEmptyGroup);
  }

  usage(): CellUsage {
    return {
      cpuMs: Number(readOr(join(this.#cpu, 'cpuacct.usage'), '0')) / NS_PER_MS,
      outOfMemory: figure(readOr(join(this.#memory, 'memory.oom_control'), ''), 'oom_kill'),
      memoryMiB: toMiB(Number(readOr(join(this.#memory, 'memory.usage_in_bytes'), '0'))),
    };
  }

  remove(): Promise<boolean> {
    return removeAll(this.#folders);
  }
}

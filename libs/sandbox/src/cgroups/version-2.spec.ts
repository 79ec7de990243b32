/** What is written into and read from a group of version 2; whether the kernel heeds it, cgroups.medium.spec.ts tries where it has one. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CellTwo, versionTwo } from './version-2.ts';

const LIMITS = { memoryMiB: 100, processes: 10, tmpMiB: 4 };

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'arena-cgroup2-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

/** Of the one cell that was made, by file. */
function written(): Record<string, string> {
  const [cell = ''] = readdirSync(parent);
  const folder = join(parent, cell);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

it('holds memory, processes and processors, and lets all go when the memory is used up', () => {
  const cell = new CellTwo(parent, { ...LIMITS, cpuPercent: 150 });
  cell.enter(4321);
  expect(written()).toEqual({
    // What is told, two file systems in memory, and 32 MiB for bubblewrap and the kernel.
    'memory.max': String((100 + 2 * 4 + 32) * 2 ** 20),
    'memory.swap.max': '0',
    'memory.oom.group': '1',
    // Two are bubblewrap's.
    'pids.max': '12',
    'cpu.max': '150000 100000',
    'cgroup.procs': '4321',
  });
});

it('gives all the processor time there is where nothing is said', () => {
  new CellTwo(parent, LIMITS);
  expect(written()['cpu.max']).toBeUndefined();
});

it('reads what was used', () => {
  const cell = new CellTwo(parent, LIMITS);
  const [name = ''] = readdirSync(parent);
  expect(cell.usage()).toEqual({ cpuMs: 0, outOfMemory: 0, memoryMiB: 0 });
  const put = (file: string, text: string): void => {
    writeFileSync(join(parent, name, file), text);
  };
  put('cpu.stat', 'usage_usec 2500\nuser_usec 2000\nsystem_usec 500\n');
  put('memory.events', 'low 0\nhigh 0\nmax 7\noom 1\noom_kill 3\noom_group_kill 1\n');
  put('memory.current', '1048576\n');
  expect(cell.usage()).toEqual({ cpuMs: 2.5, outOfMemory: 3, memoryMiB: 1 });
});

it('is not offered without the controllers for memory and processes', () => {
  const found = [{ version: 2 as const, controllers: [], folder: parent }];
  expect(versionTwo(found)).toBeNull();
  writeFileSync(join(parent, 'cgroup.controllers'), 'cpu io\n');
  expect(versionTwo(found)).toBeNull();
  expect(versionTwo([])).toBeNull();
});

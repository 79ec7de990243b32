import { expect, it } from '@jest/globals';
import { hierarchies } from './hierarchies.ts';

it('finds the groups of a machine with version 1', () => {
  const mounts = [
    '24 1 8:1 / / rw - ext4 /dev/sda rw',
    '30 24 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
    '31 24 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
    '32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw',
  ].join('\n');
  const own = '3:cpu,cpuacct:/\n2:memory:/users/arena\n1:name=systemd:/x\n0::/';
  expect(hierarchies(mounts, own)).toEqual([
    { version: 1, controllers: ['memory'], folder: '/sys/fs/cgroup/memory/users/arena' },
    { version: 1, controllers: ['cpu', 'cpuacct'], folder: '/sys/fs/cgroup/cpu,cpuacct' },
    { version: 2, controllers: [], folder: '/sys/fs/cgroup/unified' },
  ]);
});

it('finds the group of a service of systemd, and of a container', () => {
  const mount = (root: string): string => `30 24 0:26 ${root} /sys/fs/cgroup rw - cgroup2 cgroup2 rw`;
  const folders = (root: string, own: string): string[] =>
    hierarchies(mount(root), own).map(({ folder }) => folder);
  expect(folders('/', '0::/system.slice/arena.service\n')).toEqual([
    '/sys/fs/cgroup/system.slice/arena.service',
  ]);
  expect(folders('/', '0::/\n')).toEqual(['/sys/fs/cgroup']);
  expect(folders('/docker/1', '0::/docker/1/a\n')).toEqual(['/sys/fs/cgroup/a']);
  expect(folders('/docker/1', '0::/docker/2\n')).toEqual(['/sys/fs/cgroup']);
  expect(hierarchies('', '')).toEqual([]);
});

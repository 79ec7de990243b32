/** Where this process stands in the kernel's hierarchies of control groups. */
import { join, relative } from 'node:path';

export interface Hierarchy {
  version: 1 | 2;
  /** Of version 1; version 2 tells its own in cgroup.controllers. */
  controllers: readonly string[];
  /** The folder of this process' own group. */
  folder: string;
}

/** From the texts of /proc/self/mountinfo and /proc/self/cgroup. */
export function hierarchies(mountInfo: string, ownGroups: string): Hierarchy[] {
  const own = ownGroups
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .flatMap((match) => (match ? [{ names: (match[1] ?? '').split(','), path: match[2] ?? '/' }] : []));
  return mountInfo.split('\n').flatMap((line): Hierarchy[] => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root = '/', mountPoint = ''] = before.split(' ');
    const [type = '', , options = ''] = after.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') return [];
    const version = type === 'cgroup2' ? 2 : 1;
    const flags = options.split(',');
    const mine = own.find(({ names }) =>
      version === 2
        ? names[0] === '' && names.length === 1
        : names[0] !== '' && names.every((n) => flags.includes(n)),
    );
    if (!mine) return [];
    // In a container the mount shows a part of the tree, or the path leads out of what can be seen.
    const inside = relative(root, mine.path);
    const folder = inside.startsWith('..') ? mountPoint : join(mountPoint, inside);
    return [{ version, controllers: version === 2 ? [] : mine.names, folder }];
  });
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isEmptyGroup } from './members.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-members-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('a group is empty when nobody is in it or when it is gone, and not when nobody can tell', () => {
  const file = join(folder, 'cgroup.procs');
  expect(isEmptyGroup(join(folder, 'gone'))).toBe(true);
  writeFileSync(file, '');
  expect(isEmptyGroup(folder)).toBe(true);
  writeFileSync(file, '17\n18\n');
  expect(isEmptyGroup(folder)).toBe(false);
  rmSync(file);
  // Cannot be read, as with EMFILE or EIO.
  mkdirSync(file);
  expect(isEmptyGroup(folder)).toBe(false);
});

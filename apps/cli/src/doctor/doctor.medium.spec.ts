import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

interface Told {
  ok: boolean;
  findings: { name: string; grade: string; found: string; remedy: string | null }[];
  sandbox: string | null;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-doctor-test-'));
  // Sandboxes have users of their own.
  chmodSync(folder, 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** On a machine on which no user namespaces may be made, as many are set up. */
const WITHOUT_NAMESPACES = [
  ...['/usr/bin/bwrap', '--unshare-user', '--uid', '1000', '--gid', '1000', '--disable-userns'],
  ...['--bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
];

function doctor(
  args: readonly string[],
  before: readonly string[] = [],
): { status: number | null; out: string } {
  const [program = '', ...rest] = [...before, process.execPath, MAIN, 'doctor', ...args];
  const ran = spawnSync(program, rest, { encoding: 'utf8', env: { TMPDIR: folder, PATH: '/usr/bin:/bin' } });
  expect(ran.stderr).toBe('');
  return { status: ran.status, out: ran.stdout };
}

it('says of each thing PASS, CAUTION or FAIL, and the remedy where something is to be done', () => {
  const { status, out } = doctor(['--json']);
  const { ok, findings, sandbox } = JSON.parse(out) as Told;
  expect([ok, status]).toEqual([true, 0]);
  expect(findings.map(({ name }) => name)).toContain('bubblewrap and namespaces');
  for (const { grade, remedy } of findings) {
    expect(grade).toMatch(/^(PASS|CAUTION)$/);
    expect(remedy === null).toBe(grade === 'PASS');
  }
  expect(sandbox).toContain('seccomp allow list');
  const text = doctor([]);
  expect(text.status).toBe(0);
  // A line for each, and what follows is indented.
  for (const line of text.out.split('\n').filter(Boolean).slice(0, -1))
    expect(line).toMatch(/^((PASS|CAUTION) +\S| {9}\S)/);
});

it('ends with 1 where no sandbox can be made, and says what to do', () => {
  const { status, out } = doctor(['--json'], WITHOUT_NAMESPACES);
  const { ok, findings, sandbox } = JSON.parse(out) as Told;
  expect([ok, status, sandbox]).toEqual([false, 1, null]);
  const failed = findings.filter(({ grade }) => grade === 'FAIL');
  expect(failed.map(({ name }) => name)).toEqual(['bubblewrap and namespaces']);
  expect(failed[0]?.remedy).toContain('kernel.unprivileged_userns_clone=1');
  const text = doctor([], WITHOUT_NAMESPACES);
  expect(text.status).toBe(1);
  expect(text.out).toMatch(/^FAIL {5}bubblewrap and namespaces: .*\n( {9}\S.*\n)+/m);
});

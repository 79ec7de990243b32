import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { examine, waitingPercent, type Examination } from './examine.ts';

it('passes what this machine has, and has a remedy for the rest', async () => {
  const { findings, sandbox } = await examine();
  const grades = new Map(findings.map(({ name, grade }) => [name, grade]));
  expect(findings.length).toBe(8);
  expect(grades.get('bubblewrap and namespaces')).toBe('PASS');
  expect(grades.get('users for sandboxes')).toBe(process.getuid?.() === 0 ? 'PASS' : 'CAUTION');
  expect(sandbox).toContain('seccomp allow list');
  for (const { grade, remedy } of findings) expect(remedy === null).toBe(grade === 'PASS');
});

it('fails where no namespace may be made', () => {
  const url = new URL('./examine.js', import.meta.url).href;
  const script = `const { examine } = await import(${JSON.stringify(url)}); console.log(JSON.stringify(await examine()));`;
  const folder = mkdtempSync(join(tmpdir(), 'arena-doctor-'));
  const ran = spawnSync(
    '/usr/bin/bwrap',
    [
      ...['--unshare-user', '--uid', '1000', '--gid', '1000', '--disable-userns', '--bind', '/', '/'],
      ...['--dev', '/dev', '--proc', '/proc', '--setenv', 'TMPDIR', folder],
      ...[process.execPath, '--input-type=module', '-e', script],
    ],
    { encoding: 'utf8', env: {} },
  );
  rmSync(folder, { recursive: true });
  const { findings, sandbox } = JSON.parse(ran.stdout) as Examination;
  expect(sandbox).toBeNull();
  expect(findings.find(({ name }) => name.startsWith('bubblewrap'))).toMatchObject({ grade: 'FAIL' });
  expect(findings.find(({ name }) => name.startsWith('users'))).toMatchObject({ grade: 'CAUTION' });
});

it('reads what the kernel says of waiting', () => {
  expect(waitingPercent('some avg10=12.50 avg60=1.00 avg300=0.00 total=1\nfull avg10=0.00\n')).toBe(12.5);
  expect(waitingPercent('')).toBeNull();
});

import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxError } from './errors.ts';
import { ownFolder } from './own-folder.ts';
import { needing } from './testing/needing.ts';

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'arena-own-'));
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

const itAsRoot = needing('root', process.getuid?.() === 0, it);

describe('a folder of our own', () => {
  it('is made, with those above it, and found again', () => {
    const path = join(top, 'a', 'b');
    expect(ownFolder(path)).toBe(path);
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(ownFolder(path)).toBe(path);
  });

  it.each<[string, (path: string) => void]>([
    [
      'a link',
      (path) => {
        mkdirSync(join(top, 'real'));
        symlinkSync(join(top, 'real'), path);
      },
    ],
    [
      'writable for others',
      (path) => {
        mkdirSync(path);
        chmodSync(path, 0o777);
      },
    ],
  ])('is refused when it is %s', (_name, make) => {
    const path = join(top, 'found');
    make(path);
    expect(() => ownFolder(path)).toThrow(SandboxError);
    expect(() => ownFolder(path)).toThrow(`${path} is not a folder that only this user can write`);
  });

  itAsRoot('is refused when it is somebody else’s', () => {
    const path = join(top, 'found');
    mkdirSync(path);
    chownSync(path, 12345, 12345);
    expect(() => ownFolder(path)).toThrow(SandboxError);
  });

  it('is refused when it is a file', () => {
    const path = join(top, 'found');
    writeFileSync(path, '');
    expect(() => ownFolder(path)).toThrow();
  });
});

/** The engine's build where NetHack's source cannot be had: one clear line, nothing left behind that passes for a build. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
let copy: string;

beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'arena-engine-'));
  for (const part of ['build', 'src', 'package.json']) {
    await cp(join(root, 'nle-wasm', part), join(copy, 'nle-wasm', part), { recursive: true });
  }
  // Stands before the real one: a machine that reaches no package archive.
  await mkdir(join(copy, 'bin'));
  await writeFile(join(copy, 'bin', 'apt-get'), '#!/bin/sh\necho "Could not resolve host" >&2\nexit 100\n');
  await chmod(join(copy, 'bin', 'apt-get'), 0o755);
});
afterEach(() => rm(copy, { recursive: true }));

async function build(env: Record<string, string>): Promise<{ code: number | null; told: string }> {
  const child = spawn(process.execPath, [join(copy, 'nle-wasm/build/build.ts')], {
    env: { ...process.env, PATH: `${join(copy, 'bin')}:${process.env['PATH'] ?? ''}`, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [told, code] = await Promise.all([text(child.stderr), ended]);
  return { code, told };
}

describe("building the engine without NetHack's source", () => {
  it('tells expected and found checksum of a wrong tarball, and what to do', async () => {
    const wrong = join(copy, 'nethack.tar.gz');
    await writeFile(wrong, 'not NetHack');
    const { code, told } = await build({ ARENA_NETHACK_TARBALL: wrong });
    expect(code).toBe(1);
    expect(told).toMatch(
      /wrong checksum; expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}\. .*ARENA_NETHACK_TARBALL/,
    );
  });

  it('tells that a named tarball is not there', async () => {
    const { code, told } = await build({ ARENA_NETHACK_TARBALL: '/nonexistent.tar.gz' });
    expect([code, told]).toEqual([
      1,
      expect.stringContaining('ARENA_NETHACK_TARBALL names no file: /nonexistent.tar.gz'),
    ]);
  });

  it('names the way out where there is no network, and fails again in the same way', async () => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const { code, told } = await build({ ARENA_NETHACK_TARBALL: '' });
      expect(code).toBe(1);
      expect(told).toMatch(/could not be fetched \(no network\?\); set ARENA_NETHACK_TARBALL/);
      expect(existsSync(join(copy, 'nle-wasm/out/engine.json'))).toBe(false);
    }
  });
});

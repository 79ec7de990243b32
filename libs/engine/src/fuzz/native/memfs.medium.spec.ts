import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ENGINE_FOLDER } from '@arena/nle-wasm/node';
import { expect, it } from '@jest/globals';

it('files in memory say so when places, sizes or memory run out, and stay as they were', async () => {
  // built beside the sanitized twin; it exits with 1, or the sanitizers end it, when something broke
  const { stderr } = await promisify(execFile)(`${ENGINE_FOLDER}memfs-check`);
  expect(stderr).toBe('');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unprotected } from '@arena/sandbox';
import { expect, it } from '@jest/globals';
import { AgentHost } from './agent-host.ts';
import { selfTest } from './self-test.ts';

it('without a sandbox agents of all runtimes play, and their scores say so', async () => {
  const stageFolder = mkdtempSync(join(tmpdir(), 'arena-unprotected-stage-'));
  const host = new AgentHost({ sandbox: new Unprotected(), stageFolder });
  try {
    await selfTest(host);
    expect([...host.missing]).toEqual([]);
    expect(host.runtimes.map(({ name }) => name)).toEqual(['node', 'python', 'onnx', 'wasm']);
    expect(host.sandbox.description).toMatch(/^unprotected/);
  } finally {
    host.stage.dispose();
    rmSync(stageFolder, { recursive: true });
  }
});

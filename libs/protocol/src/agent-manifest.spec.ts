import { describe, expect, it } from '@jest/globals';
import { agentManifest, EntryMissingError } from './agent-manifest.ts';
import { ManifestError } from './manifest-errors.ts';

const MANIFEST = {
  ...{ name: 'x', version: '1', kind: 'symbolic', runtime: 'python', entry: 'lib/agent.py:Mine' },
  ...{ fields: ['misc'], gamesAtOnce: 2, authors: ['A'] },
};
const file = (change: object = {}): { name: string; bytes: Buffer } => ({
  name: 'arena.json',
  bytes: Buffer.from(JSON.stringify({ ...MANIFEST, ...change })),
});

describe("a submission's manifest", () => {
  it('is sound where its entry is there', () => {
    expect(agentManifest(file(), (path) => path === 'lib/agent.py')).toMatchObject(MANIFEST);
  });

  it('names what is missing', () => {
    const read = (): unknown => agentManifest(file(), (path) => path === 'agent.py');
    expect(read).toThrow(EntryMissingError);
    expect(read).toThrow('arena.json: entry: found "lib/agent.py", and there is no such file');
  });

  it('says of a module that is to be compiled yet how that is done', () => {
    const change = { runtime: 'wasm', entry: 'agent.wasm' };
    expect(() => agentManifest(file(change), () => false)).toThrow(
      'found "agent.wasm", and there is no such file. Compile it (make, or npm run build), or',
    );
  });

  it('is refused as such where it is none', () => {
    const read = (): unknown => agentManifest(file({ kind: 'magic' }), () => true);
    expect(read).toThrow(ManifestError);
    expect(read).not.toThrow(EntryMissingError);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseAicrowd, readManifest } from './aicrowd.ts';
import { ManifestError } from './manifest-errors.ts';
import { entryFile, validateManifest } from './manifest.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const hasAgent = (path: string): boolean => path === 'agent.py';

function problem(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('an aicrowd.json', () => {
  it('of the starter kit stands for a batched agent in Python', () => {
    const kit = {
      challenge_id: 'neurips-2021-the-nethack-challenge',
      authors: ['Ada', 'Grace'],
      description: 'Walks.\nSometimes fights.',
      gpu: true,
      debug: false,
    };
    expect(parseAicrowd(bytes(kit), (path) => path === 'submission_config.py')).toEqual({
      name: "Ada's agent of 2021",
      version: '2021',
      kind: 'symbolic',
      runtime: 'python',
      entry: 'submission_config.py',
      fields: [
        ...['glyphs', 'chars', 'colors', 'specials', 'blstats', 'message', 'inv_glyphs', 'inv_strs'],
        ...['inv_letters', 'inv_oclasses', 'tty_chars', 'tty_colors', 'tty_cursor', 'misc'],
      ],
      gamesAtOnce: 32,
      authors: ['Ada', 'Grace'],
      nle: '0.7',
      description: 'Walks. Sometimes fights.',
    });
  });

  it('plays by the NLE of 2021 unless it says otherwise', () => {
    expect(parseAicrowd(bytes({}), hasAgent).nle).toBe('0.7');
    expect(parseAicrowd(bytes({ nle: '0.9' }), hasAgent).nle).toBe('0.9');
    expect(() => parseAicrowd(bytes({ nle: '2' }), hasAgent)).toThrow(/nle: found "2"/);
  });

  it('gives its name, version, licence and tags', () => {
    const told = {
      name: 'Deep',
      version: 'v 1.2',
      tags: ['neural', 'Academic'],
      author: 'Ada',
      license: 'MIT',
    };
    expect(parseAicrowd(bytes(told), hasAgent)).toMatchObject({
      ...{ name: 'Deep', version: 'v1.2', kind: 'neural', affiliation: 'academic', authors: ['Ada'] },
      ...{ licence: 'MIT', entry: 'agent.py' },
    });
    expect(parseAicrowd(bytes({ tags: 'hybrid, not-neural' }), hasAgent).kind).toBe('hybrid');
  });

  it('that says nothing gives defaults', () => {
    expect(parseAicrowd(bytes({}), hasAgent)).toMatchObject({
      name: "somebody's agent of 2021",
      authors: ['unknown'],
    });
  });

  it('is refused with its own name where it cannot be read', () => {
    expect(problem(() => parseAicrowd(new TextEncoder().encode('{'), hasAgent))).toMatch(
      /^aicrowd\.json: the file is not JSON/,
    );
    expect(problem(() => parseAicrowd(bytes({ authors: [1] }), hasAgent))).toMatch(/^aicrowd\.json: authors/);
    expect(problem(() => parseAicrowd(bytes([]), hasAgent))).toMatch(/^aicrowd\.json: found \[\]/);
    expect(problem(() => parseAicrowd(bytes({}), () => false))).toMatch(
      /neither submission_config\.py nor agent\.py beside it/,
    );
  });

  it('is read by its name', () => {
    expect(readManifest({ name: 'aicrowd.json', bytes: bytes({}) }, hasAgent).runtime).toBe('python');
    expect(problem(() => readManifest({ name: 'arena.json', bytes: bytes({}) }, hasAgent))).toMatch(
      /^arena\.json: name: is missing/,
    );
  });
});

describe('an entry in Python', () => {
  const manifest = (change: Record<string, unknown>): unknown =>
    validateManifest({
      ...{
        name: 'x',
        version: '1',
        kind: 'symbolic',
        runtime: 'python',
        entry: 'agent.py',
        fields: ['glyphs'],
      },
      authors: ['x'],
      ...change,
    });

  it.each(['agent.py', 'src/agent.py', 'agent.py:Agent', 'a/b.py:_My2'])('may be %s', (entry) => {
    expect(problem(() => manifest({ entry }))).toBe('accepted');
    expect(entryFile({ entry })).toMatch(/\.py$/);
  });

  it.each(['agent.js', 'agent.py:', 'agent.py:a.b', 'agent.py:A:B', ':A', '../agent.py:A', 'agent:A'])(
    'may not be %s',
    (entry) => {
      expect(problem(() => manifest({ entry }))).toMatch(/^arena\.json: entry: found/);
    },
  );

  it('with a class is Python’s alone', () => {
    expect(problem(() => manifest({ runtime: 'node', entry: 'agent.py:Agent' }))).toMatch(
      /classes are named in Python only/,
    );
  });
});

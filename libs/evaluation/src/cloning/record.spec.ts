import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.ts';
import { agentDigest, runs } from './tapes.ts';

describe('the tapes of a training', () => {
  it('are missing in runs', () => {
    expect(runs([])).toEqual([]);
    expect(runs([0, 1, 2, 5, 7, 8])).toEqual([
      [0, 3],
      [5, 1],
      [7, 2],
    ]);
  });
});

describe('files of a training', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'arena-cloning-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('an agent is known by the digest of its files, names included, without its tests', async () => {
    const agent = join(folder, 'agent');
    mkdirSync(join(agent, 'deep'), { recursive: true });
    writeFileSync(join(agent, 'a'), '1');
    writeFileSync(join(agent, 'deep/b'), '2');
    const before = await agentDigest(agent);
    writeFileSync(join(agent, '.arenaignore'), '*.spec.ts\n');
    writeFileSync(join(agent, 'deep/b.spec.ts'), '2');
    expect(await agentDigest(agent)).toBe(before);
    writeFileSync(join(agent, 'deep/b'), '3');
    expect(await agentDigest(agent)).not.toBe(before);
    writeFileSync(join(agent, 'deep/b'), '2');
    expect(await agentDigest(agent)).toBe(before);
    renameSync(join(agent, 'deep/b'), join(agent, 'deep/c'));
    expect(await agentDigest(agent)).not.toBe(before);
  });

  const phase = { seeds: 's', games: 2, heldOut: 1, noise: 0, updates: 1 };
  const good = { agent: 'a', phases: [phase], model: {}, training: { seed: 0 } };
  const withPhase = (changed: object): string =>
    JSON.stringify({ ...good, phases: [{ ...phase, ...changed }] });
  it.each([
    ['{', /settings\.json cannot be read as JSON/],
    ['null', /must have the parts agent, phases, model and training/],
    [JSON.stringify({ ...good, model: undefined }), /must have the parts/],
    [JSON.stringify({ ...good, phases: [] }), /phases must be one at least/],
    [
      JSON.stringify({ ...good, phases: [phase, { ...phase, noise: 0.1 }] }),
      /phases\[1\]: games, noise and maxSteps must be those of the other phase with these seeds/,
    ],
    [withPhase({ seeds: 1 }), /phases\[0\]: seeds must be a text/],
    [withPhase({ games: 1 }), /games must be a whole number above heldOut/],
    [withPhase({ heldOut: 0 }), /that one from 1 on/],
    [withPhase({ noise: 1 }), /noise must be a number from 0 to below 1/],
    [withPhase({ updates: 0 }), /updates must be a whole number from 1 on/],
    [JSON.stringify({ ...good, training: { seed: 0.5 } }), /training\.seed must be a whole number from 0 on/],
  ])('settings %j are refused', (text, message) => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, text);
    expect(() => readSettings(path)).toThrow(message);
  });

  it('good settings are read', () => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, JSON.stringify(good));
    expect(readSettings(path)).toEqual(good);
  });
});

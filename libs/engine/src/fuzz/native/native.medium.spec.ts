import { beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { Engine } from '../../engine.ts';
import { readGolden } from '../../golden/file.ts';
import type { GoldenGame } from '../../golden/game-file.ts';
import { playOnTwin } from '../../golden/twin.ts';
import { describeFinding } from '../finding.ts';
import { planGame } from '../plan.ts';
import { playSanitized, sanitizerOptions } from './game.ts';
import { recordGame } from './record.ts';
import { fuzzNatively } from './run.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

describe('random keys on the native twin under sanitizers', () => {
  it('nothing is found in the port, and the games are those of the wasm engine', async () => {
    const report = await fuzzNatively(engine, { seed: 1, keys: 20_000 });
    expect(report.findings.map((finding) => describeFinding(finding, 1))).toEqual([]);
    expect(report.games).toBeGreaterThan(13);
    expect(report.compared).toBeGreaterThan(report.games / 2);
    // Every game that NetHack ends shows that the sanitizers are at work and their reports are read.
    expect(Object.values(report.known).every((times) => times > 0)).toBe(true);
    expect(Object.keys(report.known)).toHaveLength(1);
  });

  it('a game that differs is a finding', async () => {
    const game = recordGame(engine, planGame(7, 0), 7, 200);
    expect((await playSanitized(game)).findings).toEqual([]);
    const crooked = { ...game, digest: game.digest ^ 1 };
    expect((await playSanitized(crooked)).findings).toMatchObject([{ kind: 'native game differs' }]);
    const short = { ...game, tape: game.tape.subarray(1) };
    expect((await playSanitized(short)).findings).toMatchObject([{ kind: 'native game differs' }]);
  });
});

describe('a recorded game on the native twin', () => {
  const recorded = (id: string): GoldenGame =>
    readGolden(
      fileURLToPath(new URL(`../../../../../test/golden/${id}.json.gz`, import.meta.url)),
    ) as GoldenGame;
  const played = (golden: GoldenGame) =>
    playOnTwin(golden, { build: 'twin-asan', environment: sanitizerOptions() });

  it.each([
    'dev-mash-017',
    'dev-wizard-009',
    'full-items',
    'cases/dev-maxhp-4',
    'cases/dev-nospawn-1',
    'plain/plain-walk-008',
  ])('%s is as recorded', async (id) => {
    expect(await played(recorded(id))).toBeNull();
  });

  it('that goes another way, is recorded otherwise or ends otherwise is found', async () => {
    const golden = recorded('dev-walk-000');
    const stepCrc = Uint32Array.from(golden.stepCrc);
    stepCrc[stepCrc.length - 1] = (stepCrc.at(-1) ?? 0) ^ 1;
    const messages = await Promise.all(
      [
        { ...golden, stepCrc },
        { ...golden, core: '1' },
        { ...golden, observations: golden.observations + 1 },
        { ...golden, done: !golden.done, howDone: golden.done ? null : 0 },
      ].map(async (changed) => (await played(changed))?.message),
    );
    expect(messages).toEqual([
      expect.stringMatching(/^an observation differs/),
      expect.stringMatching(/differs|the game ended after/),
      expect.stringMatching(/^the game ended after/),
      expect.stringMatching(/^the end is/),
    ]);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from '../../engine.ts';
import { describeFinding } from '../finding.ts';
import { planGame } from '../plan.ts';
import { playSanitized } from './game.ts';
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

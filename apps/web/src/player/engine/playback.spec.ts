import { decodeFrame, type Frame } from '@arena/contracts';
import { Engine } from '@arena/engine';
import type { Tape } from '@arena/tape';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { frameLines } from '../terminal/cells.ts';
import { Playback } from './playback.ts';
import { recordGame } from './replay.fixture.ts';
import { verifyGame } from './verification.ts';

let engine: Engine;
let tape: Tape;
let opening: number;
const opened: Playback[] = [];
beforeAll(async () => {
  engine = await Engine.load();
  ({ tape, opening } = recordGame(engine, 77n, 3000));
});
afterEach(() => {
  for (const playback of opened.splice(0)) playback.dispose();
});
const open = (): Playback => {
  const playback = new Playback(engine, tape);
  opened.push(playback);
  return playback;
};
const goOn = (): boolean => true;
const frameAt = (playback: Playback, step: number): Frame => {
  expect(playback.goTo(step, goOn)).toBe(true);
  return decodeFrame(playback.frame());
};

describe('Playback', () => {
  it('starts with the hero in the dungeon', () => {
    const first = frameAt(open(), 0);
    expect(first).toMatchObject({ step: 0, score: 0, turns: 1, depth: 1 });
    expect(frameLines(first).join('\n')).toContain('@');
  });

  it('shows the same picture whichever way a step is reached', () => {
    const forward = open();
    const jumping = open();
    const { total } = forward;
    expect(total).toBeGreaterThan(700);
    const steps = [0, 1, 2, 100, 400, 401, total - 1, total];
    const expected = steps.map((step) => frameLines(frameAt(forward, step)).join('\n'));
    for (const i of [7, 0, 6, 5, 4, 3, 2, 1, 7, 3]) {
      const step = steps[i] ?? 0;
      const frame = frameAt(jumping, step);
      expect({ step: frame.step, text: frameLines(frame).join('\n') }).toEqual({
        step,
        text: expected[i],
      });
    }
  });

  it('ends with the figures that the verification finds', () => {
    const playback = open();
    const { outcome } = verifyGame(engine, tape, () => undefined);
    const { score, turns } = outcome;
    expect(frameAt(playback, playback.total)).toMatchObject({ step: outcome.steps, score, turns });
  });

  it('stops on the way when told, and goes on from there', () => {
    const playback = open();
    expect(playback.goTo(600, () => false)).toBe(false);
    expect(playback.step).toBeLessThan(65);
    expect(playback.goTo(600, goOn)).toBe(true);
    expect(playback.step).toBe(600);
  });

  it('counts the agent’s steps only, and knows the key of each', () => {
    const playback = open();
    expect([playback.step, playback.key]).toEqual([0, null]);
    expect(playback.total).toBe(tape.keys.length - opening);
    playback.goTo(1, goOn);
    expect(playback.key).toBe(tape.keys[opening]);
    playback.goTo(playback.total, goOn);
    expect(playback.key).toBe(tape.keys.at(-1));
  });
});

import { decodeFrame, type Frame, type ReplayView } from '@arena/contracts';
import { Engine } from '@arena/engine';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { frameLines } from '../terminal/cells.ts';
import { Playback } from './playback.ts';
import { recordGame } from './replay.fixture.ts';
import { keysOf } from './tape.ts';
import { verify } from './verification.ts';

let engine: Engine;
let replay: ReplayView;
const opened: Playback[] = [];
beforeAll(async () => {
  engine = await Engine.load();
  replay = recordGame(engine, 77n, 3000).replay;
});
afterEach(() => {
  for (const playback of opened.splice(0)) playback.dispose();
});
const open = (): Playback => {
  const playback = new Playback(engine, replay);
  opened.push(playback);
  return playback;
};
const goOn = (): boolean => true;
const frameAt = (playback: Playback, step: number): Frame => {
  expect(playback.advance(step, goOn)).toBe(true);
  return decodeFrame(playback.frame(step));
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
    const { outcome } = verify(engine, replay, () => undefined);
    const { score, turns } = outcome;
    expect(frameAt(playback, playback.total)).toMatchObject({ step: outcome.steps, score, turns });
  });

  it('stops on the way when told, and goes on from there', () => {
    const playback = open();
    expect(playback.advance(600, () => false)).toBe(false);
    expect(playback.step).toBe(64);
    expect(playback.advance(600, goOn)).toBe(true);
    expect(playback.step).toBe(600);
  });

  it('steps back without another run', () => {
    const playback = open();
    playback.advance(600, goOn);
    expect(frameAt(playback, 500).step).toBe(500);
    expect(playback.step).toBe(600);
    expect(frameAt(playback, 200).step).toBe(200);
    expect(playback.step).toBe(200);
  });

  it('knows the key of a step', () => {
    const playback = open();
    const keys = keysOf(replay);
    expect(playback.keyAt(0)).toBeNull();
    expect(playback.keyAt(playback.total)).toBe(keys.at(-1));
  });
});

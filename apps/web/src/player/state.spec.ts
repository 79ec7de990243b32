import { describe, expect, it } from '@jest/globals';
import { initialState, openingState, rateOf, reduce, type PlayerAction, type PlayerState } from './state.ts';

const run = (state: PlayerState, ...actions: PlayerAction[]): PlayerState => actions.reduce(reduce, state);
const at = (step: number, over: Partial<PlayerState> = {}): PlayerState => ({
  ...initialState(1000),
  shown: step,
  target: step,
  ...over,
});

describe('player state', () => {
  it('plays at its speed, whatever the ticks are', () => {
    const arrive = (state: PlayerState): PlayerState =>
      reduce(state, { type: 'shown', step: state.target, arrived: true });
    let state = run(at(0), { type: 'speed', speed: 10 }, { type: 'toggle' });
    for (let i = 0; i < 60; i++) state = arrive(reduce(state, { type: 'tick', milliseconds: 1000 / 60 }));
    expect(Math.abs(state.shown - 100)).toBeLessThanOrEqual(1);
    let slow = run(at(0), { type: 'speed', speed: 1 }, { type: 'toggle' });
    for (let i = 0; i < 120; i++) slow = arrive(reduce(slow, { type: 'tick', milliseconds: 1000 / 60 }));
    expect(Math.abs(slow.shown - 20)).toBeLessThanOrEqual(1);
  });

  it('waits for the game to arrive', () => {
    const playing = run(
      at(0),
      { type: 'speed', speed: 100 },
      { type: 'toggle' },
      { type: 'tick', milliseconds: 100 },
    );
    expect(playing.target).toBe(100);
    expect(reduce(playing, { type: 'tick', milliseconds: 100 }).target).toBe(100);
  });

  it('does not jump after the page was hidden', () => {
    const state = run(
      at(0),
      { type: 'speed', speed: 1 },
      { type: 'toggle' },
      { type: 'tick', milliseconds: 60_000 },
    );
    expect(state.target).toBeLessThanOrEqual(3);
  });

  it('stops where it is when paused, also on the way', () => {
    const state = run(
      at(0),
      { type: 'speed', speed: 'max' },
      { type: 'toggle' },
      { type: 'tick', milliseconds: 16 },
    );
    expect(state.target).toBe(1000);
    expect(run(state, { type: 'shown', step: 300, arrived: false }, { type: 'toggle' })).toMatchObject({
      playing: false,
      target: 300,
    });
  });

  it('ends at the end, and plays again from the start', () => {
    const end = run(
      at(990),
      { type: 'toggle' },
      { type: 'seek', step: 1000 },
      { type: 'shown', step: 1000, arrived: true },
    );
    expect(end.playing).toBe(false);
    expect(reduce(end, { type: 'toggle' })).toMatchObject({ playing: true, target: 0 });
  });

  it('keeps steps within the game', () => {
    expect(run(at(5), { type: 'move', steps: -10 }).target).toBe(0);
    expect(run(at(995), { type: 'move', steps: 10 }).target).toBe(1000);
    expect(run(at(5), { type: 'seek', step: 7.6 }).target).toBe(8);
  });

  it('steps pause it; quick presses add up before pictures come', () => {
    const state = run(at(10, { playing: true }), { type: 'move', steps: 1 }, { type: 'move', steps: 1 });
    expect(state).toMatchObject({ playing: false, target: 12 });
  });

  it('changes speed within its range', () => {
    expect(run(at(0, { speed: 1000 }), { type: 'faster' }, { type: 'faster' }).speed).toBe('max');
    expect(run(at(0, { speed: 3 }), { type: 'slower' }, { type: 'slower' }).speed).toBe(1);
    expect(rateOf('max')).toBe(Infinity);
  });

  it('is seeking from the moment another step is asked for until its picture comes', () => {
    const asked = reduce(at(10), { type: 'seek', step: 900 });
    expect(asked).toMatchObject({ seeking: true, shown: 10, target: 900 });
    // A picture that was on its way, and one of the way itself.
    const late = reduce(asked, { type: 'shown', step: 10, arrived: true });
    const between = reduce(late, { type: 'shown', step: 400, arrived: false });
    expect([late.seeking, between.seeking]).toEqual([true, true]);
    expect(reduce(between, { type: 'shown', step: 900, arrived: true }).seeking).toBe(false);
    expect(reduce(at(10), { type: 'seek', step: 10 }).seeking).toBe(false);
    expect(reduce(at(10), { type: 'move', steps: 1 }).seeking).toBe(true);
  });

  it('goes on to a step that was asked for when it is paused, played or made faster on the way', () => {
    const asked = reduce(at(10, { playing: true }), { type: 'seek', step: 900 });
    expect(reduce(asked, { type: 'toggle' })).toMatchObject({ playing: false, target: 900, seeking: true });
    expect(reduce(asked, { type: 'faster' })).toMatchObject({ playing: true, target: 900 });
    expect(run(at(10), { type: 'seek', step: 900 }, { type: 'toggle' })).toMatchObject({
      playing: true,
      target: 900,
    });
    expect(reduce(asked, { type: 'tick', milliseconds: 100 })).toBe(asked);
  });

  it('does not count the end’s picture as the end when it is left for another step', () => {
    const left = reduce(at(1000, { playing: true }), { type: 'seek', step: 5 });
    expect(reduce(left, { type: 'shown', step: 1000, arrived: true })).toMatchObject({
      playing: true,
      seeking: true,
    });
  });

  it('begins with the keys that were pressed before there was a picture', () => {
    const first = openingState(1000, 0, []);
    expect(first).toMatchObject({ shown: -1, target: 0, seeking: true, playing: false });
    const keys: PlayerAction[] = [
      { type: 'faster' },
      { type: 'move', steps: 100 },
      { type: 'move', steps: 1 },
      { type: 'toggle' },
    ];
    const opened = openingState(1000, 0, keys);
    expect(opened).toMatchObject({ target: 101, playing: true, speed: 10 });
    // It plays on once the picture is there.
    const there = reduce(opened, { type: 'shown', step: 101, arrived: true });
    expect(reduce(there, { type: 'tick', milliseconds: 100 }).target).toBe(111);
    expect(openingState(1000, 0, [{ type: 'seek', step: Infinity }]).target).toBe(1000);
    expect(run(first, { type: 'toggle' }, { type: 'toggle' })).toMatchObject({ target: 0, playing: false });
  });
});

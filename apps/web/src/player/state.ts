/** The player's state and how it changes; no rendering, no timers. */

/** Steps a second at speed 1×: about as fast as somebody who knows the game types. */
export const BASE_RATE = 10;
/** `max` shows what the engine can. */
export const SPEEDS = [1, 3, 10, 30, 100, 300, 1000, 'max'] as const;
export type Speed = (typeof SPEEDS)[number];

export interface PlayerState {
  readonly total: number;
  /** The step on show. */
  readonly shown: number;
  /** The step asked for; the game is on its way while it differs from the one shown. */
  readonly target: number;
  /** The visitor asked for another step than the one on show, which is not that step's picture until this is over. */
  readonly seeking: boolean;
  readonly playing: boolean;
  readonly speed: Speed;
  /** The part of a step that has passed while playing slowly, 0 … 1. */
  readonly carry: number;
}

export type PlayerAction =
  | { type: 'toggle' }
  | { type: 'seek'; step: number }
  | { type: 'move'; steps: number }
  | { type: 'speed'; speed: Speed }
  | { type: 'faster' | 'slower' }
  /** A picture came. */
  | { type: 'shown'; step: number; arrived: boolean }
  /** Time passed. */
  | { type: 'tick'; milliseconds: number };

/** A player at the start of a game, paused. */
export function initialState(total: number): PlayerState {
  return { total, shown: 0, target: 0, seeking: false, playing: false, speed: 3, carry: 0 };
}

/** A player whose first picture has yet to come, at `startAt`, with the keys that were pressed before there was one. */
export function openingState(total: number, startAt: number, early: readonly PlayerAction[]): PlayerState {
  const opening = { ...initialState(total), shown: NO_PICTURE, target: clamp(startAt, total), seeking: true };
  return early.reduce(reduce, opening);
}

/** The step on show before the first picture. */
export const NO_PICTURE = -1;

/** Steps a second; Infinity for `max`. */
export function rateOf(speed: Speed): number {
  return speed === 'max' ? Infinity : speed * BASE_RATE;
}

/** The state after an action. */
export function reduce(state: PlayerState, action: PlayerAction): PlayerState {
  switch (action.type) {
    case 'toggle': {
      if (state.playing) return { ...state, playing: false, target: restingAt(state), carry: 0 };
      // At the end, playing means playing again.
      const from = state.target >= state.total ? 0 : state.target;
      return { ...goTo(state, from), playing: true };
    }
    case 'seek':
      return goTo(state, action.step);
    case 'move':
      return { ...goTo(state, restingAt(state) + action.steps), playing: false };
    case 'speed':
      return { ...state, speed: action.speed, target: restingAt(state), carry: 0 };
    case 'faster':
    case 'slower': {
      const at = SPEEDS.indexOf(state.speed) + (action.type === 'faster' ? 1 : -1);
      const speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))] ?? state.speed;
      return reduce(state, { type: 'speed', speed });
    }
    case 'shown': {
      const seeking = state.seeking && action.step !== state.target;
      const ended = action.arrived && !seeking && action.step >= state.total;
      return { ...state, shown: action.step, seeking, playing: state.playing && !ended };
    }
    case 'tick':
      return tick(state, action.milliseconds);
  }
}

function goTo(state: PlayerState, step: number): PlayerState {
  const target = clamp(step, state.total);
  return { ...state, target, seeking: target !== state.shown, carry: 0 };
}

/** Where the visitor wants to be if nothing plays on: on the way to a step that step, else the step on show. */
function restingAt(state: PlayerState): number {
  return state.playing && !state.seeking ? state.shown : state.target;
}

function tick(state: PlayerState, milliseconds: number): PlayerState {
  if (!state.playing || state.seeking) return state;
  if (state.speed === 'max') return state.target === state.total ? state : { ...state, target: state.total };
  // While the game has not arrived, no more steps are asked for: a slow machine plays slower and skips nothing.
  if (state.shown !== state.target) return state;
  // A hidden page's timers stop; the time passed then is not made up for.
  const due = state.carry + (Math.min(milliseconds, 250) / 1000) * rateOf(state.speed);
  const steps = Math.floor(due);
  return { ...state, target: clamp(state.target + steps, state.total), carry: due - steps };
}

function clamp(step: number, total: number): number {
  return Math.min(total, Math.max(0, Math.round(step)));
}

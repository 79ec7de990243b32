import type { Key, SpecialKey } from '../terminal/keys.ts';

/** Keys a second; null: as fast as the engine can. */
export const SPEEDS: readonly (number | null)[] = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, null];
const NORMAL = 2;

/** What a replay shows and where it is going; no terminal, no engine, no clock. */
export interface ReplayState {
  readonly length: number;
  /** Where it should be. */
  readonly target: number;
  readonly playing: boolean;
  /** Index in SPEEDS. */
  readonly speed: number;
  /** The part of a key that is due while playing, 0 … 1. */
  readonly carry: number;
  /** The digits typed after `g`; null while none are asked for. */
  readonly typed: string | null;
  readonly left: boolean;
}

export function initialReplay(length: number, at: number): ReplayState {
  return {
    length,
    target: clamp(at, length),
    playing: false,
    speed: NORMAL,
    carry: 0,
    typed: null,
    left: false,
  };
}

function clamp(position: number, length: number): number {
  return Math.min(length, Math.max(0, position));
}

const goTo = (state: ReplayState, position: number): ReplayState => ({
  ...state,
  target: clamp(position, state.length),
  carry: 0,
});

const STRIDES: Readonly<Partial<Record<SpecialKey, number>>> = {
  left: -1,
  right: 1,
  'shift-left': -100,
  'shift-right': 100,
  'page-up': -1000,
  'page-down': 1000,
};

function special(state: ReplayState, name: SpecialKey): ReplayState {
  const stride = STRIDES[name];
  if (stride !== undefined) return { ...goTo(state, state.target + stride), playing: false };
  if (name === 'home') return goTo(state, 0);
  if (name === 'end') return goTo(state, state.length);
  if (name === 'up') return { ...state, speed: Math.min(SPEEDS.length - 1, state.speed + 1), carry: 0 };
  if (name === 'down') return { ...state, speed: Math.max(0, state.speed - 1), carry: 0 };
  return { ...state, left: true };
}

function typing(state: ReplayState, typed: string, key: Key): ReplayState {
  if (key.kind !== 'byte') return { ...state, typed: null };
  const letter = String.fromCharCode(key.byte);
  if (/\d/.test(letter)) return { ...state, typed: (typed + letter).slice(0, 9) };
  if (letter === '\x7f' || letter === '\b') return { ...state, typed: typed.slice(0, -1) };
  const done = { ...state, typed: null };
  return letter === '\r' && typed !== '' ? { ...goTo(done, Number(typed)), playing: false } : done;
}

/** The state after a key was pressed. */
export function press(state: ReplayState, key: Key): ReplayState {
  if (key.kind === 'byte' && key.byte === 3) return { ...state, left: true };
  if (state.typed !== null) return typing(state, state.typed, key);
  if (key.kind === 'special') return special(state, key.name);
  if (key.kind === 'meta') return state;
  const letter = String.fromCharCode(key.byte);
  if (/\d/.test(letter)) return goTo(state, Math.round((state.length * Number(letter)) / 10));
  switch (letter) {
    case ' ':
      // at the end, playing means playing again
      return {
        ...(!state.playing && state.target >= state.length ? goTo(state, 0) : state),
        playing: !state.playing,
        carry: 0,
      };
    case '+':
      return special(state, 'up');
    case '-':
      return special(state, 'down');
    case 'g':
      return { ...state, typed: '' };
    case 'q':
      return { ...state, left: true };
    default:
      return state;
  }
}

/** The state after time passed. While the game is still on its way nothing more is asked for. */
export function pass(state: ReplayState, milliseconds: number, arrived: boolean): ReplayState {
  if (!state.playing || !arrived) return state;
  if (state.target >= state.length) return { ...state, playing: false };
  const rate = SPEEDS[state.speed] ?? null;
  if (rate === null) return { ...state, target: state.length };
  // a terminal that was stopped does not catch up
  const due = state.carry + (Math.min(milliseconds, 250) / 1000) * rate;
  return { ...goTo(state, state.target + Math.floor(due)), carry: due % 1 };
}

export function speedName(state: ReplayState): string {
  const rate = SPEEDS[state.speed] ?? null;
  return rate === null ? 'max' : `${rate}/s`;
}

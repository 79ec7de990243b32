import { useEffect, useReducer, useRef, useState, type Dispatch } from 'react';
import type { Picture, PlayerAdapter } from './adapter.ts';
import { openingState, reduce, type PlayerAction, type PlayerState } from './state.ts';

export interface PlayerHandle {
  state: PlayerState;
  dispatch: Dispatch<PlayerAction>;
  picture: Picture | null;
  failure: string | null;
}

/**
 * Couples the player's state with an adapter: time passes, steps are asked for, pictures come. `early`: what the visitor pressed
 * before the adapter was there.
 */
export function usePlayer(
  adapter: PlayerAdapter,
  startAt: number,
  early: readonly PlayerAction[],
): PlayerHandle {
  const [state, dispatch] = useReducer(reduce, adapter.total, (total) => openingState(total, startAt, early));
  const [picture, setPicture] = useState<Picture | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef(-1);

  useEffect(() => {
    const endPictures = adapter.onPicture((next) => {
      setPicture(next);
      dispatch({ type: 'shown', step: next.frame.step, arrived: next.arrived });
    });
    const endFailures = adapter.onFailure(setFailure);
    asked.current = -1;
    return () => {
      endPictures();
      endFailures();
    };
  }, [adapter]);

  useEffect(() => {
    if (state.target === asked.current) return;
    asked.current = state.target;
    adapter.goTo(state.target);
  }, [adapter, state.target]);

  useEffect(() => {
    if (!state.playing) return;
    let before = performance.now();
    let handle = requestAnimationFrame(function passTime(now) {
      dispatch({ type: 'tick', milliseconds: Math.max(0, now - before) });
      before = now;
      handle = requestAnimationFrame(passTime);
    });
    return () => {
      cancelAnimationFrame(handle);
    };
  }, [state.playing]);

  return { state, dispatch, picture, failure };
}

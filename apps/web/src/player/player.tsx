import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { PlayerAdapter } from './adapter.ts';
import { Controls } from './controls.tsx';
import type { Sample } from './engine/outcome.ts';
import { keyName, shortcut } from './keys.ts';
import { Readout } from './readout.tsx';
import { Terminal } from './terminal/terminal.tsx';
import { usePlayer } from './use-player.ts';
import './player.css';

interface Props {
  adapter: PlayerAdapter;
  theme: 'light' | 'dark';
  /** The step shown first. */
  startAt: number;
  /** The curve over the seek bar, once it is known. */
  samples: readonly Sample[];
  /** How the game ended, shown over the terminal after its last step. */
  ending: string;
}

/** Plays a game from an adapter: terminal, controls, keyboard. It knows nothing of where the game comes from. */
export function Player({ adapter, theme, startAt, samples, ending }: Props) {
  const { state, dispatch, picture, failure } = usePlayer(adapter, startAt);
  const box = useRef<HTMLElement>(null);

  // The keys work at once on a page that was just opened; who is already somewhere on it is left there.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    // Buttons and lists keep the keys that work them.
    const own = target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter');
    if (own || target instanceof HTMLSelectElement) return;
    const action = shortcut(event.key, event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    dispatch(action.type === 'seek' ? { type: 'seek', step: Math.min(action.step, state.total) } : action);
  };

  const frame = picture?.frame ?? null;
  const key = picture?.key ?? null;
  return (
    <section
      className="player panel"
      ref={box}
      aria-label="Replay"
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-shown={state.shown}
      data-arrived={state.shown === state.target}
    >
      <div className="player-screen">
        <Terminal frame={frame} theme={theme} placeholder="Starting the game …" />
        {state.shown >= state.total && (
          <p className="player-ending" role="status">
            {ending}
          </p>
        )}
      </div>
      {failure !== null && (
        <p className="player-failure" role="alert">
          {failure}
        </p>
      )}
      <Readout frame={frame} total={state.total} extra={key === null ? null : ['Key', keyName(key)]} />
      <Controls
        state={state}
        dispatch={dispatch}
        samples={samples}
        disabled={frame === null || failure !== null}
      />
    </section>
  );
}

/** The place of a player while there is no game to show (yet). */
export function EmptyPlayer({ theme, words }: { theme: 'light' | 'dark'; words: string }) {
  return (
    <section className="player panel" aria-label="Replay">
      <Terminal frame={null} theme={theme} placeholder={words} />
      <Readout frame={null} total={null} />
    </section>
  );
}

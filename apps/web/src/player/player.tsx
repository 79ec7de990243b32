import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { PlayerAdapter } from './adapter.ts';
import { Controls } from './controls.tsx';
import type { Sample } from './engine/outcome.ts';
import { keyName, shortcut } from './keys.ts';
import { Readout } from './readout.tsx';
import { SeekNote } from './seek-note.tsx';
import { NO_PICTURE, type PlayerAction } from './state.ts';
import { Terminal } from './terminal/terminal.tsx';
import { usePlayer } from './use-player.ts';
import './player.css';

interface Props {
  adapter: PlayerAdapter;
  theme: 'light' | 'dark';
  /** The step shown first. */
  startAt: number;
  /** What was pressed on the empty player before, in its order. */
  early: readonly PlayerAction[];
  /** The curve over the seek bar, once it is known. */
  samples: readonly Sample[];
  /** How the game ended, shown over the terminal after its last step. */
  ending: string;
}

/** Plays a game from an adapter: terminal, controls, keyboard. It knows nothing of where the game comes from. */
export function Player({ adapter, theme, startAt, early, samples, ending }: Props) {
  const { state, dispatch, picture, failure } = usePlayer(adapter, startAt, early);
  const box = useFocus();
  const frame = picture?.frame ?? null;
  const key = picture?.key ?? null;
  const away = state.seeking && failure === null;
  return (
    <section
      className="player panel"
      ref={box}
      aria-label="Replay"
      tabIndex={0}
      onKeyDown={keysTo(dispatch)}
      aria-busy={away}
      data-shown={state.shown}
      data-arrived={state.shown === state.target}
    >
      <div className="player-screen">
        <Terminal frame={frame} theme={theme} placeholder="Starting the game …" />
        {away && frame !== null && <SeekNote at={state.shown} target={state.target} />}
        {!away && state.shown >= state.total && (
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
      <Readout
        frame={frame}
        total={state.total}
        goingTo={away && state.shown !== NO_PICTURE ? state.target : null}
        extra={key === null ? null : ['Key', keyName(key)]}
      />
      <Controls
        state={state}
        dispatch={dispatch}
        samples={samples}
        disabled={frame === null || failure !== null}
      />
    </section>
  );
}

interface EmptyProps {
  theme: 'light' | 'dark';
  words: string;
  /** Takes the keys that are pressed meanwhile; without it nothing will follow. */
  onKey?: (action: PlayerAction) => void;
}

/** The place of a player while there is no game to show (yet). */
export function EmptyPlayer({ theme, words, onKey }: EmptyProps) {
  const box = useFocus();
  return (
    <section
      className="player panel"
      ref={box}
      aria-label="Replay"
      aria-busy={onKey !== undefined}
      tabIndex={0}
      {...(onKey === undefined ? {} : { onKeyDown: keysTo(onKey) })}
    >
      <Terminal frame={null} theme={theme} placeholder={words} />
      <Readout frame={null} total={null} />
    </section>
  );
}

/**
 * The keys work at once on a page that was just opened; who is already somewhere on it is left there. Before the next key can
 * come: an effect after the paint would lose one that is pressed while an empty player makes place.
 */
function useFocus(): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, []);
  return box;
}

/** Handles the player's keys and leaves all others to the browser. */
function keysTo(dispatch: (action: PlayerAction) => void) {
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    // Buttons and lists keep the keys that work them.
    const own = target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter');
    if (own || target instanceof HTMLSelectElement) return;
    const action = shortcut(event.key, event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    dispatch(action);
  };
}

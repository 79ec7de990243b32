import { useRef, type KeyboardEvent } from 'react';
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
}

/** Plays a game from an adapter: terminal, controls, keyboard. It knows nothing of where the game comes from. */
export function Player({ adapter, theme, startAt, samples }: Props) {
  const { state, dispatch, picture, failure } = usePlayer(adapter, startAt);
  const box = useRef<HTMLElement>(null);

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
      <Terminal frame={frame} theme={theme} placeholder={failure ?? 'Loading the engine …'} />
      {failure !== null && (
        <p className="player-failure" role="alert">
          {failure}
        </p>
      )}
      <Readout
        frame={frame}
        total={state.total}
        extra={picture?.key == null ? null : ['Key', keyName(picture.key)]}
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

import type { Dispatch } from 'react';
import type { Sample } from './engine/outcome.ts';
import { SPEEDS, BASE_RATE, type PlayerAction, type PlayerState, type Speed } from './state.ts';
import { Curve } from './curve.tsx';

interface Props {
  state: PlayerState;
  dispatch: Dispatch<PlayerAction>;
  samples: readonly Sample[];
  disabled: boolean;
}

/** Play, step, seek and speed. */
export function Controls({ state, dispatch, samples, disabled }: Props) {
  const at = Math.max(0, state.seeking ? state.target : state.shown);
  return (
    <div className="controls">
      <div className="seek">
        <Curve samples={samples} total={state.total} at={at} />
        <input
          type="range"
          min={0}
          max={state.total}
          value={at}
          disabled={disabled}
          aria-label="Step of the game"
          aria-valuetext={`step ${at} of ${state.total}`}
          onChange={(event) => {
            dispatch({ type: 'seek', step: event.target.valueAsNumber });
          }}
        />
      </div>
      <div className="controls-buttons">
        <Button
          label="To the start"
          icon="start"
          disabled={disabled}
          onClick={() => {
            dispatch({ type: 'seek', step: 0 });
          }}
        />
        <Button
          label="One step back"
          icon="back"
          disabled={disabled}
          onClick={() => {
            dispatch({ type: 'move', steps: -1 });
          }}
        />
        <Button
          label={state.playing ? 'Pause' : 'Play'}
          icon={state.playing ? 'pause' : 'play'}
          main
          disabled={disabled}
          onClick={() => {
            dispatch({ type: 'toggle' });
          }}
        />
        <Button
          label="One step forward"
          icon="forward"
          disabled={disabled}
          onClick={() => {
            dispatch({ type: 'move', steps: 1 });
          }}
        />
        <Button
          label="To the end"
          icon="end"
          disabled={disabled}
          onClick={() => {
            dispatch({ type: 'seek', step: state.total });
          }}
        />
        <label className="speed">
          <span className="visually-hidden">Speed</span>
          <select
            value={String(state.speed)}
            disabled={disabled}
            title={
              state.speed === 'max'
                ? 'As fast as your machine can'
                : `${state.speed * BASE_RATE} steps a second`
            }
            onChange={(event) => {
              const speed = SPEEDS.find((one) => String(one) === event.target.value);
              if (speed !== undefined) dispatch({ type: 'speed', speed });
            }}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={String(speed)}>
                {speedLabel(speed)}
              </option>
            ))}
          </select>
        </label>
        <p className="controls-help">
          <kbd>Space</kbd> play <kbd>←</kbd> <kbd>→</kbd> step <kbd>Shift</kbd> ×100 <kbd>↑</kbd> <kbd>↓</kbd>{' '}
          speed
        </p>
      </div>
    </div>
  );
}

function speedLabel(speed: Speed): string {
  return speed === 'max' ? 'max' : `${speed}×`;
}

const ICONS = {
  start: 'M5 4v12M16 4.5v11L7.5 10Z',
  back: 'M13.5 4.5v11L6 10ZM15.8 4.5v11',
  play: 'M6 3.8v12.4L16 10Z',
  pause: 'M6.5 4v12M13.5 4v12',
  forward: 'M6.5 4.5v11L14 10ZM4.2 4.5v11',
  end: 'M15 4v12M4 4.5v11l8.5-5.5Z',
} as const;

interface ButtonProps {
  label: string;
  icon: keyof typeof ICONS;
  main?: boolean;
  disabled: boolean;
  onClick: () => void;
}

function Button({ label, icon, main = false, disabled, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className={main ? 'control control-main' : 'control'}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path
          d={ICONS[icon]}
          fill="currentColor"
          stroke="currentColor"
          strokeWidth={icon === 'pause' ? 3 : 1.8}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
    </button>
  );
}

import type { Frame } from '@arena/contracts';
import { useEffect, useRef, useState } from 'react';
import { frameLines } from './cells.ts';
import { DARK, LIGHT } from './palette.ts';
import { TerminalRenderer } from './renderer.ts';
import './terminal.css';

interface Props {
  frame: Frame | null;
  theme: 'light' | 'dark';
  /** Shown over the empty terminal while there is no frame. */
  placeholder: string;
}

/** Narrower cells than this (in CSS pixels) are hard to read; then zooming is offered. */
const READABLE_CELL = 7;
const ZOOMED_CELL = 10;
/** Wider than this the terminal only wastes room. */
const WIDEST = 1120;

/** A 24×80 terminal that fits its column; on narrow screens it can be enlarged, and then follows the cursor. */
export function Terminal({ frame, theme, placeholder }: Props) {
  const viewport = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<TerminalRenderer | null>(null);
  const cell = useRef(READABLE_CELL);
  const [narrow, setNarrow] = useState(false);
  const [zoomed, setZoomed] = useState(false);

  useEffect(() => {
    const box = viewport.current;
    if (box === null || canvas.current === null) return;
    const made = (renderer.current ??= new TerminalRenderer(canvas.current, DARK));
    const fit = (): void => {
      const padding = parseFloat(getComputedStyle(box).paddingLeft);
      const available = Math.min(WIDEST, box.clientWidth - 2 * padding);
      const small = available / 80 < READABLE_CELL;
      setNarrow(small);
      cell.current = made.resize(zoomed && small ? ZOOMED_CELL * 80 : available, window.devicePixelRatio);
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, [zoomed]);

  useEffect(() => {
    renderer.current?.usePalette(theme === 'dark' ? DARK : LIGHT);
  }, [theme]);

  useEffect(() => {
    if (frame === null) return;
    renderer.current?.draw(frame);
    const box = viewport.current;
    if (zoomed && box !== null) {
      const x = (frame.cursorColumn + 0.5) * cell.current;
      // Following at every step would shake: the view moves when the cursor leaves the middle half.
      const off = x - (box.scrollLeft + box.clientWidth / 2);
      if (Math.abs(off) > box.clientWidth / 4) box.scrollLeft = x - box.clientWidth / 2;
    }
  }, [frame, zoomed]);

  const lines = frame === null ? [] : frameLines(frame);
  const summary =
    lines.length === 0
      ? placeholder
      : `Terminal of the game. ${[lines[0], lines[22], lines[23]].filter(Boolean).join('. ')}`;
  return (
    <figure className="terminal">
      <div className="terminal-viewport" ref={viewport}>
        <canvas ref={canvas} role="img" aria-label={summary} data-testid="terminal" data-step={frame?.step} />
        {frame === null && <p className="terminal-placeholder">{placeholder}</p>}
      </div>
      {narrow && (
        <button
          type="button"
          className="button terminal-zoom"
          aria-pressed={zoomed}
          onClick={() => {
            setZoomed(!zoomed);
          }}
        >
          {zoomed ? 'Show all of it' : 'Enlarge'}
        </button>
      )}
    </figure>
  );
}

import { COLUMNS, ROWS, type Frame } from '@arena/contracts';
import { cellAt, changedCells, cursorIndex } from './cells.ts';
import type { Palette } from './palette.ts';

const FONT = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** A cell is twice as high as wide, as on the terminals NetHack was drawn for. */
const ASPECT = 2;

/**
 * Draws frames on a canvas. Cells are whole device pixels, so that nothing is blurred at any zoom or pixel ratio, and
 * only cells that changed are drawn again.
 */
export class TerminalRenderer {
  readonly #context: CanvasRenderingContext2D;
  readonly #canvas: HTMLCanvasElement;
  #cell = { width: 0, height: 0, font: '', baseline: 0 };
  #palette: Palette;
  #last: Frame | null = null;

  constructor(canvas: HTMLCanvasElement, palette: Palette) {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null)
      throw new Error('This browser gives no canvas to draw the terminal on; try another browser.');
    this.#canvas = canvas;
    this.#context = context;
    this.#palette = palette;
  }

  /**
   * Fits the terminal into a width in CSS pixels; `ratio` is device pixels to a CSS pixel. Returns a cell's width in
   * CSS pixels.
   */
  resize(width: number, ratio: number): number {
    const cellWidth = Math.max(3, Math.floor((width * ratio) / COLUMNS));
    const cellHeight = Math.round(cellWidth * ASPECT);
    this.#context.font = `100px ${FONT}`;
    const advance = this.#context.measureText('M').width;
    const size = Math.max(4, Math.floor((cellWidth / advance) * 1000) / 10);
    this.#cell = {
      width: cellWidth,
      height: cellHeight,
      font: `${size}px ${FONT}`,
      baseline: Math.round(cellHeight / 2 + size * 0.34),
    };
    this.#canvas.width = cellWidth * COLUMNS;
    this.#canvas.height = cellHeight * ROWS;
    this.#canvas.style.width = `${this.#canvas.width / ratio}px`;
    this.#canvas.style.height = `${this.#canvas.height / ratio}px`;
    this.#redraw();
    return cellWidth / ratio;
  }

  /** Draws in other colours from now on. */
  usePalette(palette: Palette): void {
    this.#palette = palette;
    this.#redraw();
  }

  /** Shows a frame. Its arrays must not change afterwards: the next frame is compared with them. */
  draw(frame: Frame): void {
    const cells = changedCells(this.#last, frame);
    this.#last = frame;
    const { width, height, font, baseline } = this.#cell;
    const context = this.#context;
    context.font = font;
    const cursor = cursorIndex(frame);
    for (const index of cells) {
      const { text, color, reverse } = cellAt(frame, index);
      const x = (index % COLUMNS) * width;
      const y = Math.floor(index / COLUMNS) * height;
      const ink = this.#palette.colors[color] ?? this.#palette.cursor;
      const onCursor = index === cursor;
      context.fillStyle = onCursor ? this.#palette.cursor : reverse ? ink : this.#palette.background;
      context.fillRect(x, y, width, height);
      if (text === ' ') continue;
      context.fillStyle = onCursor || reverse ? this.#palette.cursorText : ink;
      context.fillText(text, x, y + baseline);
    }
  }

  #redraw(): void {
    this.#context.fillStyle = this.#palette.background;
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    const frame = this.#last;
    this.#last = null;
    if (frame !== null) this.draw(frame);
  }
}

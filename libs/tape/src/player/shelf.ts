import type { ScoreKeeper, Snapshot } from '@arena/engine';
import { ImageAssembler, type PagedImage, toPages } from './paged-image.ts';

interface Kept {
  /** Keys given by then. */
  readonly position: number;
  readonly image: PagedImage;
  readonly figures: ScoreKeeper;
}

/** What a seeking player finds at a position. */
export interface Found {
  readonly position: number;
  readonly image: Snapshot['image'];
  readonly figures: ScoreKeeper;
}

/**
 * Snapshots of one game in the order of their positions, in bounded memory: equal pages are kept once, and when they
 * still are too many, every second snapshot goes and new ones are wanted half as often.
 */
export class SnapshotShelf {
  readonly #budget: number;
  #kept: Kept[] = [];
  /** By page: how many snapshots hold it. */
  readonly #holders = new Map<Uint8Array, number>();
  readonly #assembler = new ImageAssembler();
  #bytes = 0;
  #thinned = 1;

  /** `budget`: bytes of pages. The first snapshot stays whatever it takes, so that a game can always begin anew. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#kept.length;
  }

  /** By how much the distances between snapshots have grown: 1, 2, 4 … */
  get thinned(): number {
    return this.#thinned;
  }

  add(position: number, image: Snapshot['image'], figures: ScoreKeeper): void {
    const at = this.#indexBefore(position);
    const before = this.#kept[at];
    if (before?.position === position) return;
    const kept = { position, image: toPages(image, before?.image ?? null), figures: figures.clone() };
    this.#kept.splice(at + 1, 0, kept);
    for (const page of kept.image.pages) this.#hold(page);
    while (this.#bytes > this.#budget && this.#kept.length > 1) this.#thin();
  }

  /** Position of the last snapshot at or before this one; -1 without any. */
  positionBefore(position: number): number {
    return this.#kept[this.#indexBefore(position)]?.position ?? -1;
  }

  /** The last snapshot at or before a position; its image lasts until the next call. */
  before(position: number): Found | null {
    const kept = this.#kept[this.#indexBefore(position)];
    return kept === undefined
      ? null
      : {
          position: kept.position,
          image: this.#assembler.assemble(kept.image),
          figures: kept.figures.clone(),
        };
  }

  #indexBefore(position: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle]?.position ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #thin(): void {
    const gone = this.#kept.filter((_, i) => i % 2 === 1);
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#thinned *= 2;
    for (const { image } of gone) for (const page of image.pages) this.#letGo(page);
  }

  #hold(page: Uint8Array): void {
    const holders = this.#holders.get(page) ?? 0;
    if (holders === 0) this.#bytes += page.length;
    this.#holders.set(page, holders + 1);
  }

  #letGo(page: Uint8Array): void {
    const holders = (this.#holders.get(page) ?? 0) - 1;
    if (holders > 0) {
      this.#holders.set(page, holders);
      return;
    }
    this.#holders.delete(page);
    this.#bytes -= page.length;
  }
}

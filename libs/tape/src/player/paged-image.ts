import type { Snapshot } from '@arena/engine';

type Image = Snapshot['image'];

/** Small enough that a changed byte costs little, large enough that 0.9 MB are 220 of them. */
export const PAGE_BYTES = 4096;

/** A game's memory in pages, shared with other images wherever they are equal. Pages are never written to. */
export interface PagedImage {
  readonly pages: readonly Uint8Array[];
  readonly low: number;
  readonly high: number;
  readonly stackPointer: number;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >> 2 : 0;
  if (words > 0) {
    const [x, y] = [
      new Uint32Array(a.buffer, a.byteOffset, words),
      new Uint32Array(b.buffer, b.byteOffset, words),
    ];
    for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  }
  for (let i = 4 * words; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Cuts an image into pages; those that `beside` has too are shared with it. */
export function toPages(image: Image, beside: PagedImage | null): PagedImage {
  const pages: Uint8Array[] = [];
  // both parts begin on a page of their own, so that a heap that grew moves no page
  for (const part of [image.low, image.high]) {
    for (let at = 0; at < part.length; at += PAGE_BYTES) {
      const page = part.subarray(at, at + PAGE_BYTES);
      const other = beside?.pages[pages.length];
      pages.push(other !== undefined && equal(page, other) ? other : page.slice());
    }
  }
  return { pages, low: image.low.length, high: image.high.length, stackPointer: image.stackPointer };
}

/** The image as it was, in memory that the next call uses again: fresh pages cost the system more than the copying. */
export class ImageAssembler {
  #low = new Uint8Array(0);
  #high = new Uint8Array(0);

  assemble({ pages, low, high, stackPointer }: PagedImage): Image {
    if (this.#low.length < low) this.#low = new Uint8Array(low);
    if (this.#high.length < high) this.#high = new Uint8Array(high);
    const parts = [this.#low.subarray(0, low), this.#high.subarray(0, high)] as const;
    copyPages(pages, parts);
    return { low: parts[0], high: parts[1], stackPointer };
  }
}

function copyPages(pages: readonly Uint8Array[], parts: readonly Uint8Array[]): void {
  let page = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += PAGE_BYTES) {
      const bytes = pages[page];
      if (bytes !== undefined) part.set(bytes, at);
      page += 1;
    }
  }
}

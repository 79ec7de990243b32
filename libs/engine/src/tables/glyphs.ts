/** NLE's `glyph_is_…`, in the order of the bits that the engine answers with. */
export const GLYPH_CLASSES = [
  'monster',
  'normal_monster',
  'pet',
  'body',
  'statue',
  'ridden_monster',
  'detected_monster',
  'invisible',
  'normal_object',
  'object',
  'trap',
  'cmap',
  'swallow',
  'warning',
] as const;
export type GlyphClass = (typeof GLYPH_CLASSES)[number];

/** NLE's `glyph_to_…`. */
export const GLYPH_CONVERSIONS = ['mon', 'obj', 'trap', 'cmap', 'swallow', 'warning'] as const;
export type GlyphConversion = (typeof GLYPH_CONVERSIONS)[number];

/** As the engine gives them: one entry a glyph, and one for NO_GLYPH. */
export type RawGlyphs = Readonly<Record<'classes' | GlyphConversion | 'tile', readonly number[]>>;

/** What glyphs are and stand for, as NetHack's own macros answered. */
export class Glyphs {
  readonly #classes: Uint16Array;
  readonly #conversions: Readonly<Record<GlyphConversion, Int16Array>>;
  /** The tile of each glyph in NetHack's tile files; NLE's glyph2tile. */
  readonly tiles: Int16Array;

  constructor(raw: RawGlyphs) {
    this.#classes = Uint16Array.from(raw.classes);
    this.#conversions = Object.fromEntries(
      GLYPH_CONVERSIONS.map((name) => [name, Int16Array.from(raw[name])]),
    ) as Record<GlyphConversion, Int16Array>;
    this.tiles = Int16Array.from(raw.tile);
  }

  /** `glyph_is_…`: a glyph gives a boolean, an array one of 0 and 1. Throws RangeError. */
  is(what: GlyphClass, glyph: number): boolean;
  is(what: GlyphClass, glyphs: ArrayLike<number>): Uint8Array;
  is(what: GlyphClass, glyphs: number | ArrayLike<number>): boolean | Uint8Array {
    const bit = 1 << GLYPH_CLASSES.indexOf(what);
    const one = (glyph: number): boolean => (this.#at(this.#classes, glyph) & bit) !== 0;
    return typeof glyphs === 'number' ? one(glyphs) : Uint8Array.from(glyphs, (glyph) => Number(one(glyph)));
  }

  /**
   * `glyph_to_…`: the number of the monster, object, trap, … a glyph shows; NO_GLYPH (swallow: 0) where it shows none.
   * A glyph gives a number, an array an array. Throws RangeError.
   */
  to(what: GlyphConversion, glyph: number): number;
  to(what: GlyphConversion, glyphs: ArrayLike<number>): Int16Array;
  to(what: GlyphConversion, glyphs: number | ArrayLike<number>): number | Int16Array {
    const table = this.#conversions[what];
    return typeof glyphs === 'number'
      ? this.#at(table, glyphs)
      : Int16Array.from(glyphs, (glyph) => this.#at(table, glyph));
  }

  #at(table: Uint16Array | Int16Array, glyph: number): number {
    const found = table[glyph];
    if (found !== undefined) return found;
    throw new RangeError(
      `glyph ${String(glyph)} is out of range: 0 to ${String(table.length - 1)}, which is NO_GLYPH`,
    );
  }
}

/** Where each kind of glyph begins in NetHack 3.6.6; the observation's `glyphs` are numbers of this scale. */
export const GLYPH = {
  pet: 381,
  invisible: 762,
  detected: 763,
  body: 1144,
  ridden: 1525,
  object: 1906,
  cmap: 2359,
  explosion: 2446,
  zap: 2509,
  swallow: 2541,
  warning: 5589,
  statue: 5595,
  none: 5976,
} as const;

/** Nothing seen there yet: the first map symbol is solid stone. */
export const STONE = GLYPH.cmap;

/** What a glyph stands for on the map. */
export type GlyphKind = 'monster' | 'pet' | 'invisible' | 'object' | 'terrain' | 'effect' | 'swallow';

/** The kind of a glyph; bodies and statues are objects, beams and explosions effects. */
export function kindOf(glyph: number): GlyphKind {
  if (glyph < GLYPH.pet) return 'monster';
  if (glyph < GLYPH.invisible) return 'pet';
  if (glyph === GLYPH.invisible) return 'invisible';
  if (glyph < GLYPH.body) return 'monster';
  if (glyph < GLYPH.ridden) return 'object';
  if (glyph < GLYPH.object) return 'monster';
  if (glyph < GLYPH.cmap) return 'object';
  if (glyph < GLYPH.explosion) return 'terrain';
  if (glyph < GLYPH.swallow) return 'effect';
  if (glyph < GLYPH.warning) return 'swallow';
  return glyph < GLYPH.statue ? 'invisible' : 'object';
}

/** The monster (0…380) a monster's or pet's glyph shows; -1 for an unseen one. */
export function monsterOf(glyph: number): number {
  if (glyph < GLYPH.pet) return glyph;
  if (glyph < GLYPH.invisible) return glyph - GLYPH.pet;
  if (glyph >= GLYPH.detected && glyph < GLYPH.body) return glyph - GLYPH.detected;
  if (glyph >= GLYPH.ridden && glyph < GLYPH.object) return glyph - GLYPH.ridden;
  return -1;
}

/** The monster whose corpse lies there, or -1. */
export function corpseOf(glyph: number): number {
  return glyph >= GLYPH.body && glyph < GLYPH.ridden ? glyph - GLYPH.body : -1;
}

/** The appearance (an index into knowledge/objects) of an object's glyph, or -1 for corpses, statues and the rest. */
export function appearanceOf(glyph: number): number {
  return glyph >= GLYPH.object && glyph < GLYPH.cmap ? glyph - GLYPH.object : -1;
}

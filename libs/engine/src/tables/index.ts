/** NetHack's own tables; `Engine.tables` has them. */
export {
  GLYPH_CLASSES,
  GLYPH_CONVERSIONS,
  type GlyphClass,
  type GlyphConversion,
  type Glyphs,
} from './glyphs.ts';
export { type ClassSymbol, type Command, type MapSymbol, type Monster, type ObjectKind } from './records.ts';
export { type Tables } from './tables.ts';

/** The names an agent may ask for; part of the contract, so that they stay even if an engine gains others. */
export const FIELD_NAMES = [
  'glyphs',
  'chars',
  'colors',
  'specials',
  'blstats',
  'message',
  'program_state',
  'internal',
  'inv_glyphs',
  'inv_letters',
  'inv_oclasses',
  'inv_strs',
  'screen_descriptions',
  'tty_chars',
  'tty_colors',
  'tty_cursor',
  'misc',
  // Rendered from the observation, in words; UTF-8, zero padded.
  'text_message',
  'text_status',
  'text_inventory',
  'text_surroundings',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

import type { FieldName } from '@arena/engine';

/** As a field of the engine's, so that both are laid out in one record. */
export interface TextField {
  readonly name: TextFieldName;
  readonly dtype: 'uint8';
  readonly shape: readonly [number];
  /** UTF-8, zero padded; what is longer ends with an ellipsis. */
  readonly bytes: number;
  /** What it is made from. */
  readonly sources: readonly FieldName[];
}

export type TextFieldName = 'text_message' | 'text_status' | 'text_inventory' | 'text_surroundings';

const field = (name: TextFieldName, bytes: number, sources: readonly FieldName[]): TextField => ({
  ...{ name, bytes, sources },
  dtype: 'uint8',
  shape: [bytes],
});

/**
 * The terminal has 24 lines of 80, the inventory 55 of 84: these and their line ends fit. Status is four lines of at most 120.
 * What is around has no bound; in the recorded games it has 828 bytes at most, and here ten times as many.
 */
export const TEXT_FIELDS: readonly TextField[] = [
  field('text_message', 2048, ['message', 'misc', 'tty_chars', 'tty_cursor']),
  field('text_status', 512, ['blstats', 'program_state']),
  field('text_inventory', 5120, ['inv_letters', 'inv_strs']),
  field('text_surroundings', 8192, ['glyphs', 'screen_descriptions', 'blstats', 'internal', 'program_state']),
];

export function isTextField(name: string): name is TextFieldName {
  return TEXT_FIELDS.some((field) => field.name === name);
}

/** The engine's fields that are needed for those of `names` that are text. */
export function sourcesOf(names: readonly string[]): FieldName[] {
  return TEXT_FIELDS.flatMap(({ name, sources }) => (names.includes(name) ? sources : []));
}

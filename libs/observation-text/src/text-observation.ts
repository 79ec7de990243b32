import type { Observation, Tables } from '@arena/engine';
import { writeText } from './characters.ts';
import { TEXT_FIELDS, type TextFieldName } from './fields.ts';
import { inventoryText } from './inventory.ts';
import { messageText } from './message.ts';
import { statusText } from './status.ts';
import { surroundingsText } from './surroundings.ts';

/** An {@link Engine}; its tables are made when they are first asked for, which takes some 40 ms. */
interface TablesSource {
  readonly tables: Tables;
}

const RENDERERS: Record<TextFieldName, (observation: Observation, source: TablesSource) => string> = {
  text_message: messageText,
  text_status: statusText,
  text_inventory: inventoryText,
  text_surroundings: (observation, { tables }) => surroundingsText(observation, tables),
};

/** One game's text fields as bytes that stay in one place: each `render` writes them anew. */
export class TextObservation {
  readonly #engine: TablesSource;
  readonly #fields: readonly { name: TextFieldName; bytes: Uint8Array }[];

  /** Those of `names` that are text fields. */
  constructor(names: readonly string[], engine: TablesSource) {
    this.#engine = engine;
    this.#fields = TEXT_FIELDS.filter(({ name }) => names.includes(name)).map(({ name, bytes }) => ({
      name,
      bytes: new Uint8Array(bytes),
    }));
  }

  /** `observation` must have the fields that {@link sourcesOf} names. */
  render(observation: Observation): void {
    for (const { name, bytes } of this.#fields) writeText(RENDERERS[name](observation, this.#engine), bytes);
  }

  /** A field's bytes; null for one that is none of these. */
  bytes(name: string): Uint8Array | null {
    return this.#fields.find((field) => field.name === name)?.bytes ?? null;
  }
}

/** The files of tables that the Python package is made of, from the engine's own. */
import {
  ACTIONS,
  CHALLENGE_OPTIONS,
  END_NAMES,
  FIELDS,
  GLYPH_CLASSES,
  GLYPH_CONVERSIONS,
  TASK_ACTION_KEYS,
  USEFUL_ACTION_KEYS,
  type Engine,
  type Tables,
} from '@arena/engine';

/** One line for each entry, so that a change is one line too. */
function lines(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[\n${value.map((entry) => lines(entry, depth - 1)).join(',\n')}\n]`;
  const entries = Object.entries(value).map(
    ([name, entry]) => `${JSON.stringify(name)}: ${lines(entry, depth - 1)}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}

/** What every agent reads: names, numbers, keys. */
export function interfaceFile({ tables }: Engine): string {
  const { constants } = tables;
  return `${lines(
    {
      constants,
      actions: ACTIONS.map(({ set, name, key }) => [set, name, key]),
      usefulActionKeys: USEFUL_ACTION_KEYS,
      taskActionKeys: TASK_ACTION_KEYS,
      gameEnd: END_NAMES,
      options: CHALLENGE_OPTIONS.split(','),
      observations: Object.fromEntries(FIELDS.map(({ name, dtype, shape }) => [name, { dtype, shape }])),
    },
    2,
  )}\n`;
}

/** Monsters, objects, symbols and glyphs. */
export function tablesFile({ tables }: Engine): string {
  const { constants, monsters, objects, glyphs } = tables;
  const count = (name: string): number[] => Array.from({ length: constants[name] ?? 0 }, (_, i) => i);
  const all = count('MAX_GLYPH').concat(constants['NO_GLYPH'] ?? 0);
  const files = {
    monsters: withColumns(monsters),
    objects: withColumns(objects),
    monsterClasses: withColumns(count('MAXMCLASSES').map((i) => tables.monsterClass(i))),
    objectClasses: withColumns(count('MAXOCLASSES').map((i) => tables.objectClass(i))),
    symbols: withColumns(count('MAXPCHARS').map((i) => tables.symdef(i))),
  };
  const parts = Object.entries(files).map(([name, value]) => `"${name}": ${lines(value, 2)}`);
  return `{\n${[...parts, `"glyphs": ${lines(glyphColumns(glyphs, all), 1)}`].join(',\n')}\n}\n`;
}

/** Names once, then a row for each entry. */
function withColumns(entries: readonly object[]): { columns: string; rows: unknown[] } {
  const names = Object.keys(entries[0] ?? {});
  return {
    columns: names.join(' '),
    rows: entries.map((entry) => names.map((name) => (entry as Record<string, unknown>)[name])),
  };
}

/** Each as runs of glyphs: [how many, the first one's value, how much it grows from one to the next]. */
function glyphColumns(glyphs: Tables['glyphs'], all: readonly number[]): Record<string, unknown> {
  const columns: Record<string, ArrayLike<number>> = { tile: glyphs.tiles };
  for (const name of GLYPH_CLASSES) columns[`is_${name}`] = glyphs.is(name, all);
  for (const name of GLYPH_CONVERSIONS) columns[`to_${name}`] = glyphs.to(name, all);
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, runs(values)]));
}

function runs(values: ArrayLike<number>): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (let at = 0; at < values.length;) {
    const first = values[at] ?? 0;
    const step = at + 1 < values.length ? (values[at + 1] ?? 0) - first : 0;
    let count = 1;
    while (at + count < values.length && values[at + count] === first + step * count) count += 1;
    found.push([count, first, step]);
    at += count;
  }
  return found;
}

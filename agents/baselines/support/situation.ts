import { monsterNamed } from '../explorer/knowledge/monsters.ts';
import { APPEARANCES } from '../explorer/knowledge/objects.ts';
import { CELLS, WIDTH } from '../explorer/perception/geometry.ts';
import { GLYPH, STONE } from '../explorer/perception/glyphs.ts';
import type { Seen } from '../explorer/world.ts';

/** Map symbols of NetHack 3.6.6 for the characters that situations are drawn with. */
const SYMBOLS: Record<string, number> = {
  ' ': 0,
  '|': 1,
  '-': 2,
  "'": 12,
  '/': 13,
  '+': 15,
  '.': 19,
  '#': 21,
  '<': 23,
  '>': 24,
  '}': 32,
  '^': 55,
};

export interface Situation {
  /** The map, from its top left corner; `@` is the player (on floor). */
  readonly map: readonly string[];
  /** Letters of the map that are monsters (`cat` of a pet: `pet cat`) or things (`thing dagger`). */
  readonly legend?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Lines of the inventory by letter and class, as the game writes them. */
  readonly inventory?: readonly (readonly [letter: string, objectClass: number, text: string])[];
  /** Status figures by their number in blstats. */
  readonly status?: Readonly<Record<number, number>>;
  /** In a yes/no question, in line input, waiting at --More--. */
  readonly misc?: readonly [number, number, number];
  /** The terminal's rows. */
  readonly screen?: readonly string[];
  readonly cursor?: readonly [row: number, column: number];
}

function glyphOf(character: string, legend: Readonly<Record<string, string>>): number {
  const meaning = legend[character];
  if (meaning === undefined) {
    const symbol = SYMBOLS[character];
    if (symbol === undefined) throw new Error(`'${character}' is neither in the legend nor a map symbol`);
    return GLYPH.cmap + symbol;
  }
  if (meaning.startsWith('pet ')) return GLYPH.pet + monsterNamed(meaning.slice(4)).index;
  if (meaning.startsWith('corpse ')) return GLYPH.body + monsterNamed(meaning.slice(7)).index;
  if (meaning.startsWith('thing ')) {
    return GLYPH.object + APPEARANCES.findIndex(({ name }) => name === meaning.slice(6));
  }
  return monsterNamed(meaning).index;
}

function write(target: Uint8Array, offset: number, text: string): void {
  for (let i = 0; i < text.length; i++) target[offset + i] = text.charCodeAt(i);
}

/** Draws what an agent would see: a healthy fighter of level 3 at turn 500, where nothing else is said. */
export function seen(situation: Situation): Seen {
  const { map, legend = {}, message = '', inventory = [], screen = [], cursor = [0, 0] } = situation;
  const glyphs = new Int16Array(CELLS).fill(STONE);
  const blstats = new Int32Array(27);
  blstats.set([16, 16], 2);
  for (const [index, value] of [
    [10, 30],
    [11, 30],
    [12, 1],
    [16, 6],
    [18, 3],
    [20, 500],
    [21, 1],
    [24, 1],
  ] as const) {
    blstats[index] = value;
  }
  map.forEach((row, y) => {
    row.split('').forEach((character, x) => {
      if (character === '@' && !(character in legend)) {
        blstats.set([x, y], 0);
        glyphs[y * WIDTH + x] = monsterNamed('human').index;
      } else glyphs[y * WIDTH + x] = glyphOf(character, legend);
    });
  });
  for (const [index, value] of Object.entries(situation.status ?? {})) blstats[Number(index)] = value;
  const inv_letters = new Uint8Array(55);
  const inv_oclasses = new Uint8Array(55).fill(18);
  const inv_strs = new Uint8Array(55 * 80);
  inventory.forEach(([letter, objectClass, text], i) => {
    inv_letters[i] = letter.charCodeAt(0);
    inv_oclasses[i] = objectClass;
    write(inv_strs, i * 80, text);
  });
  const messageBytes = new Uint8Array(256);
  write(messageBytes, 0, message);
  const tty_chars = new Uint8Array(24 * 80).fill(32);
  screen.forEach((row, y) => {
    write(tty_chars, y * 80, row);
  });
  return {
    glyphs,
    blstats,
    message: messageBytes,
    inv_letters,
    inv_oclasses,
    inv_strs,
    tty_chars,
    tty_cursor: Uint8Array.from(cursor),
    misc: Int32Array.from(situation.misc ?? [0, 0, 0]),
  };
}

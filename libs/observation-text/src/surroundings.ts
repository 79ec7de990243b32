import { BLSTATS, INTERNAL, inPlay, type Observation, type Tables } from '@arena/engine';
import { textOf } from './characters.ts';
import { DIRECTIONS, direction, distance } from './directions.ts';

const WIDTH = 79;
const HEIGHT = 21;
const DESCRIPTION = 80;
/** Of one kind so many places are named, the nearest. */
const MOST_PLACES = 8;

export type SurroundingsSources = Pick<
  Observation,
  'glyphs' | 'screen_descriptions' | 'blstats' | 'internal' | 'program_state'
>;

/** What most of a map is made of: told of the squares around the hero alone. */
const GROUND = new Set([
  '',
  'stone',
  'unexplored',
  'wall',
  'dark part of a room',
  'floor of a room',
  'corridor',
  'lit corridor',
]);

const HEADINGS = { monsters: 'Monsters', objects: 'Objects', places: 'Places' } as const;
type Heading = keyof typeof HEADINGS;

interface Sight {
  readonly what: string;
  readonly dx: number;
  readonly dy: number;
}

/**
 * What is around in words, nearest first: the squares beside the hero, monsters, objects, and places that are not mere ground. The
 * words are those that the game's own look-up gives for a square of the map, so they tell of a thing what it looks like
 * and no more. Empty while the game is not in play.
 */
export function surroundingsText(observation: SurroundingsSources, tables: Tables): string {
  if (!inPlay(observation)) return '';
  const { blstats, screen_descriptions: words } = observation;
  const x = blstats[BLSTATS.x] ?? 0;
  const y = blstats[BLSTATS.y] ?? 0;
  const seen: Record<Heading, Sight[]> = { monsters: [], objects: [], places: [] };
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const cell = row * WIDTH + column;
      // Most squares have no words at all.
      if (words[cell * DESCRIPTION] === 0 || (row === y && column === x)) continue;
      const heading = headingOf(observation.glyphs[cell] ?? 0, tables);
      const what = descriptionAt(words, cell);
      if (heading !== 'places' || !GROUND.has(what))
        seen[heading].push({ what, dx: column - x, dy: row - y });
    }
  }
  return [
    `You: ${hero(observation, x, y)}`,
    `Beside you: ${DIRECTIONS.map(({ name, dx, dy }) => `${name} ${groundAt(words, x + dx, y + dy)}`).join('; ')}`,
    ...(Object.keys(HEADINGS) as Heading[]).flatMap((heading) => paragraph(HEADINGS[heading], seen[heading])),
  ].join('\n');
}

function descriptionAt(words: Uint8Array, cell: number): string {
  return textOf(words.subarray(cell * DESCRIPTION, (cell + 1) * DESCRIPTION));
}

function hero({ screen_descriptions, internal }: SurroundingsSources, x: number, y: number): string {
  const what = groundAt(screen_descriptions, x, y);
  return internal[INTERNAL.onStairsDown] === 1 ? `${what}, on a staircase down` : what;
}

function groundAt(words: Uint8Array, x: number, y: number): string {
  const isOnMap = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
  return (isOnMap && descriptionAt(words, y * WIDTH + x)) || 'unknown';
}

function headingOf(glyph: number, { glyphs }: Tables): Heading {
  if (glyphs.is('monster', glyph) || glyphs.is('invisible', glyph) || glyphs.is('warning', glyph))
    return 'monsters';
  if (glyphs.is('object', glyph)) return 'objects';
  return 'places';
}

/** One line: each kind once, with the nearest places where it is. */
function paragraph(heading: string, sights: Sight[]): string[] {
  if (sights.length === 0) return [];
  sights.sort((a, b) => distance(a.dx, a.dy) - distance(b.dx, b.dy));
  const kinds = new Map<string, Sight[]>();
  for (const sight of sights) {
    const same = kinds.get(sight.what);
    if (same === undefined) kinds.set(sight.what, [sight]);
    else same.push(sight);
  }
  const told = [...kinds].map(([what, all]) => {
    const nearest = all.slice(0, MOST_PLACES).map(({ dx, dy }) => direction(dx, dy));
    const more = all.length > MOST_PLACES ? `, ${all.length - MOST_PLACES} more` : '';
    return `${what} ${nearest.join(', ')}${more}`;
  });
  return [`${heading}: ${told.join('; ')}`];
}

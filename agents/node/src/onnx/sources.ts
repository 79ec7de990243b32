import type { OnnxInput } from '@arena/protocol';
import type { FieldInfo, Observation } from '../index.ts';
import type { Numbers } from './elements.ts';

/** One game as the feeds see it: its observation, and the model's last action in it (-1: none). */
export interface Seen {
  readonly observation: Observation;
  readonly previous: number;
}

/** Where the numbers of an input come from: of one game, `shape` of them. */
export interface Source {
  readonly shape: readonly number[];
  /** A view or a scratch array: to be read before the next call. */
  read(seen: Seen): Numbers;
}

/** The hero's place in blstats. */
const X = 0;
const Y = 1;

/** The source of an input that is no state. `actions`: how many actions the model knows. */
export function sourceOf(
  input: OnnxInput & { from: Exclude<OnnxInput['from'], 'state'> },
  fields: readonly FieldInfo[],
  actions: number,
): Source {
  const { from, crop, fill = 0 } = input;
  if (from === 'previous_action') {
    const one = new Int32Array(1);
    return {
      shape: [],
      read: ({ previous }) => {
        // One more than the last: a class of its own, for embeddings.
        one[0] = previous < 0 ? actions : previous;
        return one;
      },
    };
  }
  if (from === 'new_game') {
    const one = new Uint8Array(1);
    return {
      shape: [],
      read: ({ observation }) => {
        one[0] = observation.newGame ? 1 : 0;
        return one;
      },
    };
  }
  const shape = fields.find(({ name }) => name === from)?.shape ?? [];
  if (crop !== undefined) return cropped(from as MapField, shape, crop, fill);
  return { shape, read: ({ observation }) => observation[from] };
}

type MapField = 'glyphs' | 'chars' | 'colors' | 'specials';

/** Rows and columns round the hero, who is in the middle of them. */
function cropped(
  from: MapField,
  shape: readonly number[],
  [rows, columns]: readonly [number, number],
  fill: number,
): Source {
  const [mapRows = 0, mapColumns = 0] = shape;
  const cells = new Int32Array(rows * columns);
  const read = ({ observation }: Seen): Numbers => {
    const map = observation[from];
    const { blstats } = observation;
    const top = (blstats[Y] ?? 0) - (rows >> 1);
    const left = (blstats[X] ?? 0) - (columns >> 1);
    const first = Math.max(0, -left);
    const end = Math.min(columns, mapColumns - left);
    cells.fill(fill);
    for (let row = Math.max(0, -top); row < Math.min(rows, mapRows - top); row++) {
      const to = row * columns;
      const at = (top + row) * mapColumns + left;
      for (let column = first; column < end; column++) cells[to + column] = map[at + column] ?? fill;
    }
    return cells;
  };
  return { shape: [rows, columns], read };
}

import type { OnnxInput } from '@arena/protocol';
import { ELEMENTS, type ElementType, type Elements, type Numbers } from './elements.ts';

/** Writes the numbers of one game into its place of an input. */
export type Encode = (values: Numbers, game: number) => void;

/** An input's elements for some games, and the ways to fill them. */
export interface Encoding {
  readonly data: Elements;
  readonly encode: Encode;
}

/** Room for `games` times `size` elements as the model wants them, with what writes a game's `count` numbers into it. */
export function encodingOf(
  input: Pick<OnnxInput, 'oneHot' | 'subtract' | 'multiply'>,
  type: ElementType,
  games: number,
  count: number,
): Encoding {
  const size = count * (input.oneHot ?? 1);
  const data = new ELEMENTS[type](games * size);
  // 64 bits are written as two halves: BigInts would be made one by one, which costs ten times as much.
  const words =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? new Int32Array(data.buffer) : null;
  if (input.oneHot !== undefined)
    return { data, encode: oneHot(words ?? (data as Numbers), words ? 2 : 1, size, input.oneHot) };
  const { subtract = 0, multiply = 1 } = input;
  if (subtract !== 0 || multiply !== 1) {
    return {
      data,
      encode: scaled(
        words ?? (data as Numbers),
        words !== null,
        size,
        listOf(subtract, size),
        listOf(multiply, size),
      ),
    };
  }
  if (words !== null) return { data, encode: wide(words, size) };
  const numbers = data as Numbers;
  return {
    data,
    encode: (values, game) => {
      numbers.set(values, game * size);
    },
  };
}

function wide(words: Int32Array, size: number): Encode {
  return (values, game) => {
    for (let i = 0, at = 2 * game * size; i < size; i++) {
      const value = values[i] ?? 0;
      words[at++] = value;
      words[at++] = value >> 31;
    }
  };
}

/** A value that is no class leaves zeros. `step`: array elements of one tensor element, little endian. */
function oneHot(target: Numbers, step: number, size: number, classes: number): Encode {
  return (values, game) => {
    const from = game * size * step;
    target.fill(0, from, from + size * step);
    for (let i = 0; i < size / classes; i++) {
      const value = values[i] ?? -1;
      if (value >= 0 && value < classes) target[from + (i * classes + value) * step] = 1;
    }
  };
}

function scaled(
  target: Numbers,
  isWide: boolean,
  size: number,
  subtract: Float64Array,
  multiply: Float64Array,
): Encode {
  return (values, game) => {
    for (let i = 0, at = game * size; i < size; i++, at++) {
      const value = ((values[i] ?? 0) - (subtract[i] ?? 0)) * (multiply[i] ?? 1);
      if (!isWide) target[at] = value;
      else {
        target[2 * at] = value;
        target[2 * at + 1] = Math.trunc(value) < 0 ? -1 : 0;
      }
    }
  };
}

function listOf(factors: number | readonly number[], size: number): Float64Array {
  return typeof factors === 'number' ? new Float64Array(size).fill(factors) : Float64Array.from(factors);
}

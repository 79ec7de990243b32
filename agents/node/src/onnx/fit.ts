import type { ElementType } from './elements.ts';
import { ModelError } from './model-error.ts';
import { shapeText } from './load-model.ts';
import type { TensorInfo } from './session.ts';

/** How many games a model takes at once: some number, or as many as there are (null). */
export type Batch = number | null;

/** Where the games are among an input's dimensions, and what is left without them. */
export interface Fit {
  readonly batch: Batch;
  /** The dimensions of a run with `games` games. */
  dims(games: number): readonly number[];
}

/** `[games, …]` of what arena.json gives. */
export const given = (shape: readonly number[]): string => shapeText(['games', ...shape]);

/**
 * How an input that is fed `shape` for each game can be: the games first, then the same sizes, or free ones; dimensions of one may
 * be more or fewer. Throws ModelError with both shapes.
 */
export function fitOf(info: TensorInfo, shape: readonly number[], model: string, what: string): Fit {
  const [games, ...rest] = info.shape;
  // A model that does not say what it takes is given what there is.
  if (games === undefined) return { batch: null, dims: (count) => [count, ...shape] };
  const sizes = resolved(rest, shape);
  if (sizes === null) {
    throw new ModelError(
      `the input ${info.name} of ${model} is ${info.type} ${shapeText(info.shape)}, arena.json feeds it ${given(shape)} (${what})`,
    );
  }
  return { batch: typeof games === 'number' ? games : null, dims: (count) => [count, ...sizes] };
}

/** The model's sizes with free ones filled in; null where they are not those of `shape`. */
function resolved(
  declared: readonly (number | string)[],
  shape: readonly number[],
): readonly number[] | null {
  if (declared.length === shape.length) {
    return declared.every((size, i) => typeof size === 'string' || size === shape[i]) ? shape : null;
  }
  const bare = (sizes: readonly (number | string)[]): string => sizes.filter((size) => size !== 1).join();
  return declared.every((size) => typeof size === 'number') && bare(declared) === bare(shape)
    ? declared
    : null;
}

/** A state's dimensions before and after that of the games. */
export interface StateFit {
  readonly batch: Batch;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** How a state lies in its input. Throws ModelError where its size is not fixed, or its output is of another type. */
export function stateFit(
  info: TensorInfo,
  output: { name: string; type: ElementType } | undefined,
  batchAxis: number,
  model: string,
): StateFit {
  const games = info.shape[batchAxis];
  const before = info.shape.slice(0, batchAxis);
  const after = info.shape.slice(batchAxis + 1);
  const isFixed = (sizes: readonly (number | string)[]): sizes is readonly number[] =>
    sizes.every((size) => typeof size === 'number');
  const shape = `the input ${info.name} of ${model} is ${info.type} ${shapeText(info.shape)}`;
  if (games === undefined || !isFixed(before) || !isFixed(after)) {
    throw new ModelError(
      `${shape}; a state has sizes that are fixed, but for that of the games (arena.json: batchAxis ${batchAxis})`,
    );
  }
  if (output !== undefined && output.type !== info.type) {
    throw new ModelError(`${shape}, its output ${output.name} is ${output.type}: a state has one type`);
  }
  return { batch: typeof games === 'number' ? games : null, before, after };
}

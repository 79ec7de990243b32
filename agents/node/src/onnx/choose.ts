import { NotAnAction } from '../runner/not-an-action.ts';

/** The position of the largest of `count` logits from `at` on; the first of equals. */
export function largest(logits: ArrayLike<number>, at: number, count: number): number | NotAnAction {
  let best = 0;
  for (let i = 0; i < count; i++) {
    const logit = logits[at + i] ?? Number.NaN;
    if (Number.isNaN(logit)) return new NotAnAction(`a logit that is NaN (position ${i})`);
    if (logit > (logits[at + best] ?? 0)) best = i;
  }
  return logits[at + best] === -Infinity ? new NotAnAction('logits that are all -Infinity') : best;
}

/** A position drawn by the softmax of logits / temperature; `draw` in 0…1 decides. */
export function sampled(
  logits: ArrayLike<number>,
  at: number,
  count: number,
  temperature: number,
  draw: number,
): number | NotAnAction {
  const best = largest(logits, at, count);
  if (best instanceof NotAnAction) return best;
  const top = logits[at + best] ?? 0;
  if (top === Infinity) return new NotAnAction(`a logit that is Infinity (position ${best})`);
  const weight = (i: number): number => Math.exp(((logits[at + i] ?? 0) - top) / temperature);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weight(i);
  let rest = draw * sum;
  for (let i = 0; i < count; i++) {
    rest -= weight(i);
    if (rest < 0) return i;
  }
  // Rounding has used up the sum: the likeliest, which has a weight for certain.
  return best;
}

/** 0 ≤ x < 1, from a game's seed and its step alone: the same whatever was played before or beside it. */
export function drawOf(seed: number, step: number): number {
  return mix(mix(seed) + Math.imul(step, 0x9e3779b9)) / 2 ** 32;
}

/** Murmur3's finalizer: each bit of the input changes half of the output's. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

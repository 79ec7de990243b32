import type { ValueTransformer } from 'typeorm';

/** bigint columns hold numbers far below 2^53 here (microseconds, scores); pg hands them over as text. */
export const SAFE_NUMBER: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null) => value,
};

/** numeric(20) columns hold unsigned 64-bit seeds. */
export const SEED: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : BigInt(value)),
  to: (value: bigint | null) => (value === null ? null : value.toString()),
};

import type { FieldName } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import { bytesFrom, words } from './encoding.ts';

/** A recorded game: what entered it, its keys, and a digest of every observation. */
export interface GoldenGame {
  readonly id: string;
  readonly kind: string;
  readonly core: string;
  readonly disp: string;
  readonly reseed: boolean;
  readonly wizard: boolean;
  readonly spawnMonsters: boolean;
  readonly character: string;
  readonly options: string;
  readonly clock: number;
  readonly tape: Uint8Array;
  readonly done: boolean;
  readonly howDone: number | null;
  readonly observations: number;
  /** The digested fields, in order: all 17, or those of a game that was recorded without screen_descriptions. */
  readonly fields: readonly FieldName[];
  /** One a step: CRC-32 of the fields' CRCs. */
  readonly stepCrc: Uint32Array;
  readonly fieldEvery: number;
  /** One a field for every `fieldEvery`-th observation. */
  readonly fieldCrc: Uint32Array;
  /** One a field of the observation after the key that ended the game; null where it did not end or was not recorded. */
  readonly lastFieldCrc: Uint32Array | null;
}

const FIELD_NAMES = FIELDS.map(({ name }) => name);

function areFields(names: unknown): names is FieldName[] {
  return (
    Array.isArray(names) && names.length > 0 && names.every((name) => FIELD_NAMES.includes(name as FieldName))
  );
}

/** Null for anything that is no recorded game. */
export function asGoldenGame(raw: Record<string, unknown>): GoldenGame | null {
  const { tape, stepCrc, fieldCrc, lastFieldCrc, fields = FIELD_NAMES } = raw;
  if (typeof tape !== 'string' || typeof stepCrc !== 'string' || typeof fieldCrc !== 'string') return null;
  if (!areFields(fields)) return null;
  return {
    ...(raw as unknown as GoldenGame),
    tape: bytesFrom(tape),
    stepCrc: words(stepCrc),
    fieldCrc: words(fieldCrc),
    fields,
    lastFieldCrc: typeof lastFieldCrc === 'string' ? words(lastFieldCrc) : null,
  };
}

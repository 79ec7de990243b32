import { crc32 } from 'node:zlib';
import type { FieldName } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import type { Engine } from '../../engine.ts';
import { EngineError } from '../../errors.ts';
import { fieldCrcs, stepCrc } from '../../golden/digest.ts';
import { keysOf } from '../keys.ts';
import type { GamePlan } from '../plan.ts';

/** A planned game as the wasm engine played it. */
export interface RecordedGame {
  readonly plan: GamePlan;
  readonly tape: Uint8Array;
  readonly observations: number;
  /** CRC-32 of the digests of all observations, as the native twin makes it. */
  readonly digest: number;
  /** NetHack's name of the end; null: the keys were used up; FAULT: the engine gave up. */
  readonly end: string | null;
}

/** What the twin can show: screen_descriptions are written by a copy of the game where it plays without them, and it has none. */
export function digestedFields({ settings }: GamePlan): FieldName[] {
  const names = FIELDS.map(({ name }) => name);
  return settings.screenDescriptions === false
    ? names.filter((name) => name !== 'screen_descriptions')
    : names;
}

/** Plays a planned game once, for at most so many keys, and keeps what another engine is to be held to. */
export function recordGame(engine: Engine, plan: GamePlan, seed: number, most: number): RecordedGame {
  const random = keysOf(engine, plan, seed);
  const limit = Math.min(most, plan.keys);
  const fields = digestedFields(plan);
  const keys: number[] = [];
  const step = new Uint8Array(4);
  let observations = 0;
  let digest = 0;
  let end: string | null;
  try {
    const played = engine.play({ ...plan.settings, fields }, (seen) => {
      observations += 1;
      new DataView(step.buffer).setUint32(0, stepCrc(fieldCrcs(seen, crc32, fields), crc32), true);
      digest = crc32(step, digest);
      if (keys.length === limit) return null;
      const key = random.next(seen);
      keys.push(key);
      return key;
    });
    end = played.end?.howName ?? null;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'engine_fault') throw error;
    end = 'FAULT';
  }
  return { plan, tape: Uint8Array.from(keys), observations, digest, end };
}

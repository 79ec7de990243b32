import { type Engine, type GameSettings, completeSettings } from '@arena/engine';
import type { Tape } from '../tape.ts';
import { CHECKPOINT_KEYS, DIGESTED_FIELDS } from './chain.ts';
import { type RecorderOptions, tapeEnd } from './recorder.ts';
import { type Onlooker, replay } from './replay.ts';

/**
 * The tape of a game whose keys are known already; keys after its end are left out. Throws EngineError for settings
 * that the engine does not take. Where keys come one by one, use TapeRecorder.
 */
export function recordTape(
  engine: Engine,
  settings: GameSettings,
  keys: Uint8Array,
  options: RecorderOptions & { readonly onlooker?: Onlooker } = {},
): Tape {
  const { every = CHECKPOINT_KEYS, fields = DIGESTED_FIELDS, onlooker } = options;
  const head = { engineId: engine.id, settings: completeSettings(settings), every, fields };
  const { steps, end, fault, figures, digests } = replay(engine, head, keys, onlooker);
  const { score, turns, deepestLevel } = figures;
  return {
    ...head,
    // not slice: a Node Buffer's would be a view
    keys: new Uint8Array(keys.subarray(0, steps)),
    end: fault === null ? tapeEnd(end) : { kind: 'fault' },
    figures: { score, turns, deepestLevel },
    checkpoints: digests,
  };
}

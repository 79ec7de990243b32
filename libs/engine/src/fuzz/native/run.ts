import type { Engine } from '../../engine.ts';
import type { Finding } from '../finding.ts';
import { planGame } from '../plan.ts';
import { playSanitized } from './game.ts';
import { recordGame } from './record.ts';

export interface NativeReport {
  readonly seed: number;
  readonly keys: number;
  readonly games: number;
  /** Games whose observations were held to those of the wasm engine. */
  readonly compared: number;
  readonly ends: Readonly<Record<string, number>>;
  /** Reports about stock NetHack: how often, by why they do not count. */
  readonly known: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export interface NativeOptions {
  readonly seed: number;
  readonly keys: number;
  /** The index of the first game, and how many at most. */
  readonly first?: number;
  readonly games?: number;
  /** Told after each game. */
  readonly onProgress?: (keys: number, findings: number) => void;
}

/**
 * The games of a run, their keys found by the wasm engine, once more on the native twin under AddressSanitizer and
 * UndefinedBehaviorSanitizer, until so many keys were given. While the twin plays one, the next is recorded.
 */
export async function fuzzNatively(engine: Engine, options: NativeOptions): Promise<NativeReport> {
  const { seed, first = 0, games: most = Infinity, onProgress } = options;
  const ends: Record<string, number> = {};
  const known: Record<string, number> = {};
  const findings: Finding[] = [];
  let [keys, games, compared] = [0, 0, 0];
  let playing = Promise.resolve();
  while (keys < options.keys && games < most) {
    const game = recordGame(engine, planGame(seed, first + games), seed, options.keys - keys);
    games += 1;
    keys += game.tape.length;
    const end = game.end ?? 'KEYS USED UP';
    ends[end] = (ends[end] ?? 0) + 1;
    const given = keys;
    await playing;
    playing = playSanitized(game).then((played) => {
      compared += Number(played.compared);
      findings.push(...played.findings);
      for (const { reason } of played.known) known[reason] = (known[reason] ?? 0) + 1;
      onProgress?.(given, findings.length);
    });
  }
  await playing;
  return { seed, keys, games, compared, ends, known, findings };
}

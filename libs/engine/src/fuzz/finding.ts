import type { GamePlan } from './plan.ts';

export type FindingKind =
  /** the game trapped, panicked or asked for no key any more */
  | 'fault'
  /** the same keys from a snapshot gave another game */
  | 'restored game differs'
  /** the host-answered way, with other fields asked for, gave another game */
  | 'other way differs'
  /** something was thrown that no caller should see */
  | 'error'
  /** AddressSanitizer or UndefinedBehaviorSanitizer objects, on the native twin */
  | 'sanitizer'
  /** the native twin played another game */
  | 'native game differs'
  /** the native twin's process ended without a word of the game */
  | 'native game died'
  /** the host's memory grew from game to game */
  | 'growth';

export interface Finding {
  readonly kind: FindingKind;
  readonly message: string;
  /** The game and its keys; null for what concerns the whole run. */
  readonly game: { readonly plan: GamePlan; readonly tape: Uint8Array } | null;
}

const NATIVE: ReadonlySet<FindingKind> = new Set(['sanitizer', 'native game differs', 'native game died']);

/** Lines that say what was found and what shows it again. */
export function describeFinding({ kind, message, game }: Finding, seed: number): string {
  if (game === null) return `${kind}: ${message}`;
  const { plan, tape } = game;
  return [
    `${kind} in game ${String(plan.index)} after ${String(tape.length)} keys: ${message}`,
    `  again: npm run fuzz -- ${NATIVE.has(kind) ? '--native ' : ''}--seed ${String(seed)} --game ${String(plan.index)}`,
    `  settings: ${settingsText(plan)}`,
    `  keys (base64): ${Buffer.from(tape).toString('base64')}`,
  ].join('\n');
}

function settingsText({ settings }: GamePlan): string {
  return JSON.stringify(settings, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** As `--json` has it. */
export function findingRecord({ kind, message, game }: Finding): Record<string, unknown> {
  return {
    kind,
    message,
    game: game?.plan.index ?? null,
    settings: game === null ? null : (JSON.parse(settingsText(game.plan)) as unknown),
    tape: game === null ? null : Buffer.from(game.tape).toString('base64'),
  };
}

import type { FieldName } from './layout.ts';
import { LoaderError } from './errors.ts';
import { FIELDS, INTERFACE_VERSION, SETTINGS } from './layout.ts';

/** Of the two generators that a game can be given anew while it runs. */
export interface GeneratorSeeds {
  /** 0 … 2^64-1 */
  readonly coreSeed: bigint;
  readonly dispSeed: bigint;
  /** NetHack's has_strong_rngseed */
  readonly reseed: boolean;
}

/** What enters a game, already checked; see GameSettings in @arena/engine for the meaning. */
export interface SetUp extends GeneratorSeeds {
  /** the seed of the dungeons' own generators; null: levels come from the core generator */
  readonly levelSeed: bigint | null;
  readonly spawnMonsters: boolean;
  /** seconds since 1970, UTC */
  readonly clock: number;
  /** loop rounds between two keys, 1 … 2^31-1 */
  readonly fuel: number;
  /** the whole NETHACKOPTIONS text: printable ASCII, shorter than `SETTINGS.optionsBytes` */
  readonly options: string;
  readonly fields: readonly FieldName[];
  /** Cells are looked at as they are printed, as in NLE where screen_descriptions is requested. */
  readonly screenDescriptions: boolean;
}

/** Writes these members of struct arena_settings. */
export function writeSeeds(view: DataView, seeds: GeneratorSeeds): void {
  view.setBigUint64(SETTINGS.coreSeed, seeds.coreSeed, true);
  view.setBigUint64(SETTINGS.dispSeed, seeds.dispSeed, true);
  view.setInt32(SETTINGS.reseed, seeds.reseed ? 1 : 0, true);
}

/**
 * Writes struct arena_settings; the bytes there were zero. Throws LoaderError `bad_setting` for what an engine of an earlier edition
 * (`version`) cannot play.
 */
export function writeSettings(view: DataView, settings: SetUp, version = INTERFACE_VERSION): void {
  if (version >= 3) view.setInt32(SETTINGS.looks, settings.screenDescriptions ? 1 : 0, true);
  else if (!settings.screenDescriptions)
    throw new LoaderError(
      'bad_setting',
      'this engine is of an earlier edition, in which every game plays as if screen_descriptions were requested; ' +
        'it cannot play one without (screenDescriptions: false). Take the engine that recorded the game, or a newer one',
    );
  writeSeeds(view, settings);
  view.setBigUint64(SETTINGS.levelSeed, settings.levelSeed ?? 0n, true);
  view.setInt32(SETTINGS.useLevelSeed, settings.levelSeed === null ? 0 : 1, true);
  view.setInt32(SETTINGS.spawnMonsters, settings.spawnMonsters ? 1 : 0, true);
  view.setInt32(SETTINGS.clock, settings.clock, true);
  view.setInt32(SETTINGS.utcOffset, 0, true);
  view.setInt32(SETTINGS.fuel, settings.fuel, true);
  const wanted = FIELDS.reduce(
    (mask, spec, index) => (settings.fields.includes(spec.name) ? mask | (1 << index) : mask),
    0,
  );
  view.setUint32(SETTINGS.fields, wanted, true);
  const options = new Uint8Array(view.buffer, view.byteOffset + SETTINGS.options, SETTINGS.optionsBytes);
  options.set(new TextEncoder().encode(settings.options));
}

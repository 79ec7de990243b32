/** The game: NetHack 3.6.6 as an environment. The same settings and keys give the same game everywhere. */
export { ACTIONS, type Action } from './actions.ts';
export { ALL_ACTION_KEYS, TASK_ACTION_KEYS, USEFUL_ACTION_KEYS } from './action-sets.ts';
export { END_NAMES, type EndName, type GameEnd } from './end.ts';
export { Engine } from './engine.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export { type Game } from './game.ts';
export { CHALLENGE_OPTIONS, CHALLENGE_SCREEN_DESCRIPTIONS, isCharacter, playsDebug } from './options.ts';
export { type KeySource, type PlayResult, type Policy } from './run.ts';
export { type Snapshot } from './snapshot.ts';
export { SCORE_FIELDS, ScoreKeeper, type ScoreFigures } from './score.ts';
export {
  DEFAULT_CLOCK,
  checkSettings,
  completeSettings,
  type CompleteSettings,
  type GameSettings,
  type NewSeeds,
} from './settings.ts';
export { BLSTATS, INTERNAL, PROGRAM_STATE, inPlay } from './status.ts';
export * from './tables/index.ts';
export * from './tasks/index.ts';
export {
  FIELDS,
  type EngineModules,
  type EngineSource,
  type FieldName,
  type FieldSpec,
  type Observation,
} from '@arena/nle-wasm';

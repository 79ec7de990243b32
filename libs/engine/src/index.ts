/** The game: NetHack 3.6.6 as an environment. The same settings and keys give the same game everywhere. */
export { ACTIONS, type Action } from './actions.ts';
export { END_NAMES, type EndName, type GameEnd } from './end.ts';
export { Engine } from './engine.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export { type Game } from './game.ts';
export { CHALLENGE_OPTIONS } from './options.ts';
export { type KeySource, type PlayResult, type Policy } from './run.ts';
export { DEFAULT_CLOCK, type GameSettings } from './settings.ts';
export { type Snapshot } from './snapshot.ts';
export { FIELDS, type EngineSource, type FieldName, type FieldSpec, type Observation } from '@arena/nle-wasm';

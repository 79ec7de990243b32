/** The game: NetHack 3.6.6 as an environment. The same settings and keys give the same game everywhere. */
export { ACTIONS, type Action } from './actions.ts';
export { END_NAMES, type EndName, type GameEnd } from './end.ts';
export { Engine, type PlayResult, type Policy } from './engine.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export { type Game } from './game.ts';
export { CHALLENGE_OPTIONS } from './options.ts';
export { DEFAULT_CLOCK, checkSettings, type GameSettings } from './settings.ts';
export { FIELDS, type EngineSource, type FieldName, type FieldSpec, type Observation } from '@arena/nle-wasm';

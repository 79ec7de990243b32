/** Loads and drives the engine's .wasm files. Runs in Node and in browsers; reading from disk is in ./node.ts. */
export { LoaderError, type LoaderErrorCode } from './errors.ts';
export { HostGames, type Answer } from './host.ts';
export {
  FIELDS,
  INTERFACE_VERSION,
  SETTINGS,
  type FieldName,
  type FieldSpec,
  type FieldType,
  type Observation,
} from './layout.ts';
export { type GameMemory } from './memory.ts';
export { type GeneratorSeeds, type SetUp } from './settings.ts';
export { compileEngine, type EngineModules, type EngineSource } from './modules.ts';
export { type Image } from './image.ts';
export { type StepGame } from './step.ts';
export { StepGames } from './step-games.ts';
export { readTables } from './tables.ts';

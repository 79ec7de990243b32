/** Where there is a disk: the engine's files. Browsers fetch them instead. */
export { ENGINE_FOLDER, readEngine } from '@arena/nle-wasm/node';

/** What can go wrong between a host and the engine's files. */
export type LoaderErrorCode =
  /** engine.json or a .wasm is missing, damaged, or speaks another interface version */
  | 'bad_engine'
  /** NetHack does not know an option, or does not take its value */
  | 'unknown_option'
  /** a setting that an engine of an earlier edition does not have */
  | 'bad_setting'
  /** an image whose parts do not fit the engine's memory */
  | 'bad_snapshot'
  /** the game trapped or aborted: the engine's fault, never the player's */
  | 'engine_fault';

export class LoaderError extends Error {
  override readonly name = 'LoaderError';
  readonly code: LoaderErrorCode;

  constructor(code: LoaderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The platform failed: nothing of it is scored; games that were not reported are to be played again. */
export class PlatformError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlatformError';
  }
}

/** `abort()` ended the shard; games that were not reported are to be played again. */
export class ShardAborted extends Error {
  constructor() {
    super('the shard was stopped before all its games were played');
    this.name = 'ShardAborted';
  }
}

/** A setting is wrong; the message names it and what it may be. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** A failure the person building can do something about: printed as one line, without a stack. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

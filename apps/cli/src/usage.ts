/** A mistake of whoever typed the command: told in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command that was well typed and cannot do its work: told in one line, exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

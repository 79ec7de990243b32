/** What an agent can do wrong on its standard output. */
export type ProtocolErrorCode =
  'unknown_frame' | 'unexpected_frame' | 'wrong_length' | 'wrong_ticket' | 'bad_ready' | 'too_much_output';

/**
 * The agent broke the contract. `message` is a sentence for the participant: what came and what was due.
 * Nothing of what the agent sent is quoted in it but numbers.
 */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

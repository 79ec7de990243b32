/** The platform could not provide a sandbox. Never the agent's fault, never scored. */
export class SandboxError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxError';
  }
}

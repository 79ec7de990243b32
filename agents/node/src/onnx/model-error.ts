/** A model that cannot be loaded, run, or that does not fit: the sentence says what is wrong, for whoever made it. */
export class ModelError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelError';
  }
}

/** What ONNX Runtime said, without its place in the code. */
export function toldBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}

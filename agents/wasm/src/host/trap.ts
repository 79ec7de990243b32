/** Frames of the module in a stack trace of V8's: the host's own mean nothing to a participant. */
const FRAME = /^\s+at .*wasm:\/\//;

/** What a module's end by a trap is told as: V8's words and the module's own frames, with names where it has a name section. */
export function failureText(error: unknown, name: string): string {
  if (!(error instanceof Error)) return `${name} failed: ${String(error)}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  if (error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && frames.length > 0))
    return [`${name} trapped: ${error.message}`, ...frames].join('\n');
  return `${name} could not be run: ${error.message}`;
}

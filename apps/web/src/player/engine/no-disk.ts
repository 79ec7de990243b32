/** Stands in for the engine's reader of local files, which a browser does not have: bytes are always given to it. */
export function readEngine(): Promise<never> {
  return Promise.reject(
    new Error('a browser has no disk to read the engine from; pass its bytes to Engine.load'),
  );
}

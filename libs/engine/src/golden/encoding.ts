/** Little-endian uint32 words in base64. */
export function words(base64: string): Uint32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Uint32Array(bytes.buffer, 0, bytes.length >> 2);
}

/** Base64 as bytes; in Node and in browsers. */
export function bytesFrom(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Little-endian uint32 words in base64. */
export function words(base64: string): Uint32Array {
  const { buffer, length } = bytesFrom(base64);
  return new Uint32Array(buffer, 0, length >> 2);
}

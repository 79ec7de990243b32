/** An image archive that cannot be unpacked; the message says what it is and what to do. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/**
 * A terminal picture as bytes: 20 bytes of header, then 24×80 characters and 24×80 colours.
 * 3,860 bytes; base64 makes 5,148, under the 8,000 that one NOTIFY may carry.
 */
export const ROWS = 24;
export const COLUMNS = 80;
const CELLS = ROWS * COLUMNS;
const HEADER = 20;
const VERSION = 1;
export const FRAME_BYTES = HEADER + 2 * CELLS;

export interface Frame {
  /** Keys the game has read so far. */
  step: number;
  score: number;
  turns: number;
  depth: number;
  cursorRow: number;
  cursorColumn: number;
  /** 24×80 character codes (code page 437 below 32 and above 126 does not occur: NetHack draws ASCII here). */
  chars: Uint8Array;
  /** 24×80 colours: 0–15 (8 = bright black …), +16 for reverse video. */
  colors: Int8Array;
}

/** Packs a picture; little endian. `chars` and `colors` hold 1,920 bytes each. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, frame.cursorRow);
  view.setUint8(2, frame.cursorColumn);
  view.setUint32(4, frame.step, true);
  view.setInt32(8, frame.score, true);
  view.setInt32(12, frame.turns, true);
  view.setInt32(16, frame.depth, true);
  bytes.set(frame.chars, HEADER);
  bytes.set(new Uint8Array(frame.colors.buffer, frame.colors.byteOffset, CELLS), HEADER + CELLS);
  return bytes;
}

/** Unpacks what {@link encodeFrame} made; the arrays are views on `bytes`. Throws RangeError on another length or version. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length !== FRAME_BYTES)
    throw new RangeError(`a frame has ${FRAME_BYTES} bytes, got ${bytes.length}`);
  if (bytes[0] !== VERSION) throw new RangeError(`frame version ${bytes[0]} is unknown; reload the page`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  return {
    step: view.getUint32(4, true),
    score: view.getInt32(8, true),
    turns: view.getInt32(12, true),
    depth: view.getInt32(16, true),
    cursorRow: view.getUint8(1),
    cursorColumn: view.getUint8(2),
    chars: bytes.subarray(HEADER, HEADER + CELLS),
    colors: new Int8Array(bytes.buffer, bytes.byteOffset + HEADER + CELLS, CELLS),
  };
}

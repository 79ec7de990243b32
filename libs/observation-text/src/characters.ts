/** NetHack's bytes are Latin-1 at most; what is no character to be printed (a name may hold anything) becomes a question mark. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0) break;
    text += byte < 0x20 || (byte >= 0x7f && byte < 0xa0) ? '?' : String.fromCharCode(byte);
  }
  return text;
}

const ELLIPSIS = '…';
const ELLIPSIS_BYTES = 3;
const utf8 = new TextEncoder();

/** Writes text as UTF-8 with zeros behind it; what does not fit is cut between characters and ends with an ellipsis. */
export function writeText(text: string, target: Uint8Array): void {
  const { read, written } = utf8.encodeInto(text, target);
  if (read === text.length) {
    target.fill(0, written);
    return;
  }
  const cut = utf8.encodeInto(text, target.subarray(0, target.length - ELLIPSIS_BYTES)).written;
  const end = cut + utf8.encodeInto(ELLIPSIS, target.subarray(cut)).written;
  target.fill(0, end);
}

import { TarError } from './errors.ts';

/** What an extended header changes of the header behind it. */
export interface Extension {
  name?: string;
  linkname?: string;
  size?: number;
  /** The file is stored with holes, in a way of its own. */
  sparse?: true;
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
/** `4194304`: no length of a record has more digits. */
const MOST_DIGITS = 7;

/**
 * The records of a pax header, each `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. A length that is not the
 * record's own is refused: a reader that goes back by a negative one never ends. Throws {@link TarError}.
 */
export function decodePax(bytes: Buffer): Extension {
  const found: Extension = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.subarray(at, at + MOST_DIGITS + 1).indexOf(SPACE);
    const digits = space < 0 ? '' : bytes.toString('latin1', at, at + space);
    const length = /^[1-9]\d*$/.test(digits) ? Number(digits) : 0;
    const equals = bytes.indexOf('=', at);
    const end = at + length;
    if (length === 0 || end > bytes.length || bytes[end - 1] !== LINE_FEED || equals < 0 || equals >= end)
      throw new TarError('an extended header with a record that is none');
    const key = bytes.toString('utf8', at + space + 1, equals);
    note(found, key, bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return found;
}

function note(found: Extension, key: string, value: string): void {
  if (key === 'path') found.name = value;
  else if (key === 'linkpath') found.linkname = value;
  else if (key.startsWith('GNU.sparse.')) found.sparse = true;
  else if (key === 'size') {
    const size = /^\d{1,16}$/.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(size)) throw new TarError('an extended header with a size that is no number');
    found.size = size;
  }
}

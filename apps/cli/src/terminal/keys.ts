/** What a terminal sends, as names of keys; bytes that are no special key stay bytes. */

export type SpecialKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'shift-left'
  | 'shift-right'
  | 'escape';

export type Key =
  | { readonly kind: 'byte'; readonly byte: number }
  /** Alt with a letter. */
  | { readonly kind: 'meta'; readonly byte: number }
  | { readonly kind: 'special'; readonly name: SpecialKey };

const ESCAPE = 0x1b;

const SEQUENCES: Readonly<Record<string, SpecialKey>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  '1~': 'home',
  '4~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
  '7~': 'home',
  '8~': 'end',
  '1;2C': 'shift-right',
  '1;2D': 'shift-left',
};

/** CSI: parameters, then a final letter; SS3, of terminals in application mode: only the letter, of a cursor key. */
const SEQUENCE = /^(?:\[([ -?]*[@-~])|O([A-DFH]))/;

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * Reads one chunk as a terminal in raw mode sent it. A lone escape at its end is the Escape key: terminals send a
 * sequence in one piece. Sequences nobody knows, and letters beyond ASCII, are left out.
 */
export function readKeys(chunk: Uint8Array): Key[] {
  const keys: Key[] = [];
  for (let at = 0; at < chunk.length;) {
    const byte = chunk[at] ?? 0;
    at += 1;
    if (byte >= 0x80) continue;
    if (byte !== ESCAPE) {
      keys.push({ kind: 'byte', byte });
      continue;
    }
    const next = chunk[at];
    if (next === undefined || next === ESCAPE) {
      keys.push({ kind: 'special', name: 'escape' });
      continue;
    }
    const [sequence = '', csi = '', ss3 = ''] = SEQUENCE.exec(latin1(chunk.subarray(at))) ?? [];
    if (sequence !== '') {
      const special = SEQUENCES[csi || ss3];
      if (special !== undefined) keys.push({ kind: 'special', name: special });
      at += sequence.length;
    } else if (next < 0x80) {
      keys.push({ kind: 'meta', byte: next });
      at += 1;
    }
  }
  return keys;
}

/** Keys of the number pad and arrows as moves, the way NetHack's letters point. */
const MOVES: Readonly<Partial<Record<SpecialKey, string>>> = {
  up: 'k',
  down: 'j',
  left: 'h',
  right: 'l',
  home: 'y',
  'page-up': 'u',
  end: 'b',
  'page-down': 'n',
  'shift-left': 'H',
  'shift-right': 'L',
  escape: '\x1b',
};

const DELETE = 0x7f;
const BACKSPACE = 0x08;
const META = 0x80;

/** The byte that the game reads for a key. */
export function gameKey(key: Key): number {
  if (key.kind === 'meta') return key.byte | META;
  if (key.kind === 'special') return (MOVES[key.name] ?? '\x1b').charCodeAt(0);
  // terminals send Delete for the Backspace key
  return key.byte === DELETE ? BACKSPACE : key.byte;
}

/** A key of the game as people write it: `k`, `Space`, `Esc`, `^D`, `M-p`. */
export function keyName(byte: number): string {
  const names: Readonly<Record<number, string>> = { 13: 'Enter', 27: 'Esc', 32: 'Space', 127: 'Del' };
  const name = names[byte];
  if (name !== undefined) return name;
  if (byte >= META) return `M-${keyName(byte - META)}`;
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

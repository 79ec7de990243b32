import { ArchiveError } from './errors.ts';

const SEGMENT_BYTES = 255;
const PATH_BYTES = 1024;
const DEPTH = 16;

/**
 * The path an entry's name stands for, segments joined by `/`; the empty string for the root itself.
 * Throws {@link ArchiveError} for names that lead out of the folder or that people and file systems read differently.
 */
export function checkedPath(name: string): string {
  const refuse = (why: string) => new ArchiveError('archive_bad_name', `The entry ${show(name)} ${why}.`);
  if (/[\p{C}\uFFFD]/u.test(name))
    throw refuse('has control, invisible or undecodable characters in its name');
  if (name.includes('\\')) throw refuse('has a backslash in its name');
  if (name.startsWith('/')) throw refuse('has an absolute name; pack with relative names');
  const segments = name.split('/').filter((segment, index, all) => {
    // `./a` and `a/` are how tar writes them; `a//b` and `a/./b` are not.
    if (segment === '.' && index === 0) return false;
    if (segment === '' && index === all.length - 1) return false;
    return true;
  });
  if (segments.includes('..')) throw refuse('has `..` in its name');
  if (segments.some((segment) => segment === '' || segment === '.'))
    throw refuse('has an empty part in its name');
  if (segments.length > DEPTH) throw refuse(`lies deeper than ${DEPTH} folders`);
  const path = segments.join('/');
  if (
    Buffer.byteLength(path) > PATH_BYTES ||
    segments.some((part) => Buffer.byteLength(part) > SEGMENT_BYTES)
  ) {
    throw refuse(`has too long a name (${SEGMENT_BYTES} bytes a part, ${PATH_BYTES} in all)`);
  }
  return path;
}

/** Notices entries that would be one file: the same name twice, in other case, or in another Unicode form. */
export class PathSet {
  /** Folded path → as it was spelt, and what it is. `implied`: only seen as a parent. */
  private readonly seen = new Map<string, { path: string; kind: 'file' | 'folder' | 'implied' }>();

  /** Throws {@link ArchiveError}. */
  add(path: string, kind: 'file' | 'folder'): void {
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth++)
      this.addOne(segments.slice(0, depth).join('/'), 'implied');
    this.addOne(path, kind);
  }

  private addOne(path: string, kind: 'file' | 'folder' | 'implied'): void {
    const key = folded(path);
    const earlier = this.seen.get(key);
    if (!earlier) {
      this.seen.set(key, { path, kind });
      return;
    }
    const sameFolder = earlier.path === path && earlier.kind !== 'file' && kind !== 'file';
    if (!sameFolder || (earlier.kind === 'folder' && kind === 'folder')) {
      throw new ArchiveError(
        'archive_name_collision',
        earlier.path === path
          ? `The entry ${show(path)} is in the archive twice.`
          : `The entries ${show(earlier.path)} and ${show(path)} are one and the same where case or Unicode form do not count.`,
      );
    }
    if (kind === 'folder') earlier.kind = 'folder';
  }
}

function folded(path: string): string {
  // Up, then down: ß and SS, ſ and s, fall together only that way.
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** A hostile name in a message: quoted, escaped and short. */
export function show(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return JSON.stringify(short.toWellFormed()).replace(
    /[\p{C}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

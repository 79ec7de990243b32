import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { ImageError } from './errors.ts';

const MOST_PATH_BYTES = 4096;
/** As the kernel follows. */
const MOST_LINKS = 40;
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

function look(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** The names of a path within an image; refuses what leads out of it. Throws {@link ImageError}. */
export function segmentsOf(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..') || path.includes('\0') || Buffer.byteLength(path) > MOST_PATH_BYTES)
    throw new ImageError(`it has a path that no image may have: ${JSON.stringify(path.slice(0, 200))}`);
  return segments;
}

/**
 * A root file system that layers are laid upon. Paths are followed as inside, where `/` is the folder: a link, wherever it
 * points, never leads out. The folder must be ours alone while this goes on.
 */
export class Tree {
  readonly #root: string;
  /** What this layer brought: its own whiteouts do not concern it. */
  #fresh = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  nextLayer(): void {
    this.#fresh = new Set();
  }

  directory(path: string): void {
    const segments = segmentsOf(path);
    if (segments.length === 0) return;
    const place = this.#place(segments);
    if (look(place)?.isDirectory() !== true) {
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
    }
    chmodSync(place, 0o755);
    this.#fresh.add(place);
  }

  /** Makes room for a file, and says where to write it, anew. */
  file(path: string): string {
    const place = this.#place(segmentsOf(path));
    rmSync(place, { recursive: true, force: true });
    this.#fresh.add(place);
    return place;
  }

  symbolicLink(path: string, target: string): void {
    if (target === '' || target.includes('\0') || Buffer.byteLength(target) >= MOST_PATH_BYTES)
      throw new ImageError(`it has a link that points to nothing a link can: ${JSON.stringify(path)}`);
    symlinkSync(target, this.file(path));
  }

  /** @param target a path in the image, of an earlier entry. */
  hardLink(path: string, target: string): void {
    const source = this.#place(segmentsOf(target));
    const found = look(source);
    if (found === undefined || found.isDirectory())
      throw new ImageError(
        `its ${JSON.stringify(path)} is a link to ${JSON.stringify(target)}, which is no file`,
      );
    const place = this.#place(segmentsOf(path));
    if (place !== source) linkSync(source, this.file(path));
  }

  /** Removes what a whiteout names; false: the path is none. */
  whiteout(path: string): boolean {
    const segments = segmentsOf(path);
    const name = segments.pop();
    if (name?.startsWith(WHITEOUT) !== true) return false;
    if (name === OPAQUE) {
      const folder = this.#folder(segments, false);
      if (folder !== null && look(folder)?.isDirectory()) this.#empty(folder);
      return true;
    }
    const hidden = name.slice(WHITEOUT.length);
    if (hidden === '' || hidden === '.' || hidden === '..')
      throw new ImageError(`it hides something that has no name: ${JSON.stringify(path)}`);
    const folder = this.#folder(segments, false);
    if (folder !== null && !this.#fresh.has(join(folder, hidden)))
      rmSync(join(folder, hidden), { recursive: true, force: true });
    return true;
  }

  /** Everything of lower layers; entries of this one may stand before their whiteout. */
  #empty(folder: string): void {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!this.#fresh.has(path)) rmSync(path, { recursive: true, force: true });
      else if (look(path)?.isDirectory()) this.#empty(path);
    }
  }

  #place(segments: readonly string[]): string {
    const name = segments.at(-1);
    if (name === undefined) throw new ImageError('it has something in the place of its root');
    return join(this.#folder(segments.slice(0, -1), true), name);
  }

  #folder(segments: readonly string[], make: true): string;
  #folder(segments: readonly string[], make: false): string | null;
  #folder(segments: readonly string[], make: boolean): string | null {
    let links = 0;
    const todo = [...segments];
    let done: string[] = [];
    for (let segment = todo.shift(); segment !== undefined; segment = todo.shift()) {
      if (segment === '' || segment === '.') continue;
      if (segment === '..') {
        done.pop();
        continue;
      }
      const path = join(this.#root, ...done, segment);
      const found = look(path);
      if (found?.isSymbolicLink() === true) {
        links += 1;
        if (links > MOST_LINKS) throw new ImageError(`its links lead in circles: ${segments.join('/')}`);
        const target = readlinkSync(path);
        if (target.startsWith('/')) done = [];
        todo.unshift(...target.split('/'));
        continue;
      }
      if (found?.isDirectory() !== true) {
        if (!make) return null;
        rmSync(path, { force: true });
        mkdirSync(path, { mode: 0o755 });
      }
      done.push(segment);
    }
    return join(this.#root, ...done);
  }
}

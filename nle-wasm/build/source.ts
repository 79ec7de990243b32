import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './errors.ts';
import { sha256OfFile } from './files.ts';
import { note } from './progress.ts';
import { run } from './run.ts';
import { TARBALL_NAME, TARBALL_SHA256 } from './settings.ts';

const OWN_COPY = 'set ARENA_NETHACK_TARBALL to a copy of ' + TARBALL_NAME;

function check(path: string, origin: string): void {
  const actual = sha256OfFile(path);
  if (actual === TARBALL_SHA256) return;
  throw new BuildError(
    `${origin}: wrong checksum; expected sha256 ${TARBALL_SHA256}, got ${actual}. Remove it if it was cut off, or ${OWN_COPY}`,
  );
}

/** The machine's own Debian sources, with the source packages asked for; the system's lists stay as they are. */
function sourceEntries(): string {
  const folder = '/etc/apt/sources.list.d';
  const deb822 = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.sources'))
        .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^Types:.*$/gm, 'Types: deb-src'))
    : [];
  return deb822.join('\n\n');
}

function oneLineEntries(): string {
  const path = '/etc/apt/sources.list';
  if (!existsSync(path)) return '';
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^deb\s/.test(line))
    .map((line) => line.replace(/^deb\s/, 'deb-src '))
    .join('\n');
}

async function download(cache: string): Promise<string> {
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    const deb822 = sourceEntries();
    const list = join(folder, deb822 === '' ? 'arena.list' : 'arena.sources');
    const entries = deb822 === '' ? oneLineEntries() : deb822;
    if (entries === '') throw new BuildError(`this machine has no Debian package sources; ${OWN_COPY}`);
    writeFileSync(list, entries);
    mkdirSync(join(folder, 'lists/partial'), { recursive: true });
    const options = [
      `-oDir::Etc::sourcelist=${list}`,
      '-oDir::Etc::sourceparts=/dev/null',
      `-oDir::State::Lists=${join(folder, 'lists')}`,
    ];
    await run('apt-get', [...options, 'update'], { cwd: folder });
    await run('apt-get', [...options, 'source', '--tar-only', '--download-only', 'nethack'], { cwd: folder });
    const found = join(folder, TARBALL_NAME);
    if (!existsSync(found)) {
      throw new BuildError(`this machine's Debian release does not carry ${TARBALL_NAME}; ${OWN_COPY}`);
    }
    check(found, 'the downloaded NetHack source');
    const kept = join(cache, TARBALL_NAME);
    renameSync(found, kept);
    return kept;
  } catch (cause) {
    if (cause instanceof BuildError && !/^\S*apt-get (failed|could)/.test(cause.message)) throw cause;
    const detail =
      cause instanceof Error ? cause.message.split('\n').slice(0, 3).join(' ').slice(0, 300) : '';
    throw new BuildError(`NetHack's source could not be fetched (no network?); ${OWN_COPY}. ${detail}`, {
      cause,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The checked tarball: the caller's own (ARENA_NETHACK_TARBALL), the one fetched before, or a new download. */
async function tarball(cache: string): Promise<string> {
  const own = process.env['ARENA_NETHACK_TARBALL'];
  if (own !== undefined && own !== '') {
    if (!statSync(own, { throwIfNoEntry: false })?.isFile())
      throw new BuildError(`ARENA_NETHACK_TARBALL names no file: ${own}`);
    check(own, 'ARENA_NETHACK_TARBALL');
    return own;
  }
  const kept = join(cache, TARBALL_NAME);
  if (existsSync(kept)) {
    if (sha256OfFile(kept) === TARBALL_SHA256) return kept;
    rmSync(kept);
  }
  note("fetching NetHack's source package (5.6 MB)");
  return download(cache);
}

/** Unpacks NetHack once; returns its folder. The rename at the end marks it complete. */
export async function unpackedSource(cache: string): Promise<string> {
  const folder = join(cache, `nethack-${TARBALL_SHA256.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const archive = await tarball(cache);
  const temporary = mkdtempSync(join(cache, 'unpack-'));
  try {
    await run('tar', ['xzf', archive, '-C', temporary, '--strip-components=1', '--no-same-owner']);
    // sys/share carries lexers and parsers made from util/*.l and *.y: no flex or bison needed
    for (const header of ['lev_comp.h', 'dgn_comp.h']) {
      cpSync(join(temporary, 'sys/share', header), join(temporary, 'include', header));
    }
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

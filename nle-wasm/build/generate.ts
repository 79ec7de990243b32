import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeIfChanged } from './files.ts';
import { forgetHashes } from './compile.ts';
import type { Folders, ToolName } from './programs.ts';
import { ARCHIVE_FILES, LEVEL_DESCRIPTIONS } from './settings.ts';
import { BuildError } from './errors.ts';
import type { FileSet, Tool } from './tool-host.ts';

/** The names the tools know: they run in NetHack's util folder and reach into ../dat and ../include. */
function dataFolder(folders: Folders, prefix: string): Map<string, Uint8Array> {
  const folder = join(folders.nethack, 'dat');
  return new Map(readdirSync(folder).map((name) => [`${prefix}${name}`, readFileSync(join(folder, name))]));
}

function need(files: FileSet, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new BuildError(`NetHack's build programs did not write ${name}`);
  return bytes;
}

/** date.h, onames.h and pm.h, which the other tools and the game include. */
function generateHeaders(folders: Folders, makedefs: Tool): void {
  for (const [option, header] of [
    ['-o', 'onames.h'],
    ['-p', 'pm.h'],
    ['-v', 'date.h'],
  ] as const) {
    const written = makedefs.run([option], new Map());
    writeIfChanged(join(folders.generated, 'include', header), need(written, `include/${header}`));
  }
}

/** tile.c, the tile of each glyph; NetHack's own numbering. Lies with the headers, since tables.c includes it. */
function generateTiles(folders: Folders, tilemap: Tool): void {
  writeIfChanged(
    join(folders.generated, 'include', 'tile.c'),
    need(tilemap.run([], new Map()), 'src/tile.c'),
  );
}

function textData(folders: Folders, makedefs: Tool): Map<string, Uint8Array> {
  const sources = dataFolder(folders, 'dat/');
  const made: [string, readonly string[]][] = [
    ['-v', ['options']],
    ['-d', ['data']],
    ['-r', ['rumors']],
    ['-q', ['quest.dat']],
    ['-h', ['oracles']],
    ['-s', ['engrave', 'epitaph', 'bogusmon']],
    ['-e', ['dungeon.pdf']],
  ];
  const result = new Map<string, Uint8Array>();
  for (const [option, names] of made) {
    const written = makedefs.run([option], sources);
    for (const name of names) result.set(name, need(written, `dat/${name}`));
  }
  return result;
}

/** Compiles the levels; names as lev_comp gives them, in the order of the description files. */
function levels(folders: Folders, levComp: Tool): Map<string, Uint8Array> {
  const result = new Map<string, Uint8Array>();
  for (const name of LEVEL_DESCRIPTIONS) {
    const source = readFileSync(join(folders.nethack, 'dat', `${name}.des`));
    const written = levComp.run([`${name}.des`], new Map([[`${name}.des`, source]]));
    for (const [file, bytes] of written) if (file.endsWith('.lev')) result.set(file, bytes);
  }
  return result;
}

/** The archive nhdat and the two files that stay outside it. */
function generateData(
  folders: Folders,
  tools: { makedefs: Tool; lev_comp: Tool; dgn_comp: Tool; dlb: Tool },
): void {
  const files = dataFolder(folders, '');
  for (const [name, bytes] of textData(folders, tools.makedefs)) files.set(name, bytes);
  const dungeon = tools.dgn_comp.run(['dungeon.pdf'], new Map([['dungeon.pdf', need(files, 'dungeon.pdf')]]));
  files.set('dungeon', need(dungeon, 'dungeon'));
  const compiled = levels(folders, tools.lev_comp);
  for (const [name, bytes] of compiled) files.set(name, bytes);

  const names = [...ARCHIVE_FILES, ...[...compiled.keys()].sort()];
  const archived = new Map(names.map((name) => [name, need(files, name)]));
  const written = tools.dlb.run(['cf', 'nhdat', ...names], archived);
  writeIfChanged(join(folders.generated, 'data/nhdat'), need(written, 'nhdat'));
  for (const name of ['license', 'symbols'])
    writeIfChanged(join(folders.generated, 'data', name), need(files, name));
}

/** Everything that NetHack's build programs write, each built when what it includes is there. */
export async function generateAll(folders: Folders, build: (name: ToolName) => Promise<Tool>): Promise<void> {
  const makedefs = await build('makedefs');
  generateHeaders(folders, makedefs);
  forgetHashes();
  generateTiles(folders, await build('tilemap'));
  forgetHashes();
  const [lev_comp, dgn_comp, dlb] = [await build('lev_comp'), await build('dgn_comp'), await build('dlb')];
  generateData(folders, { makedefs, lev_comp, dgn_comp, dlb });
}

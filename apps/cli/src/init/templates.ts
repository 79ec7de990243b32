import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IGNORED_BY_DEFAULT, ignoreOf } from '@arena/archive';
import { MANIFEST_FILE, parseManifest } from '@arena/protocol';
import { CommandError } from '../usage.ts';

/** The participants' SDKs, from which a template may borrow files. */
const AGENTS = fileURLToPath(new URL('../../../../agents/', import.meta.url));
/** Beside each other; each is an agent that plays. */
const TEMPLATES = join(AGENTS, 'templates');
/** Bundled agents to start from, in agents/baselines. */
const BASELINES = ['cloner', 'explorer', 'pilot'];

/** In a template's folder: files that are kept elsewhere under agents/, by the names they get. */
const BORROWED = 'template.json';

export interface Template {
  readonly name: string;
  /** The first sentence of its README, or of its manifest's description. */
  readonly summary: string;
}

/** A file of a template: its path in the new folder, and where it is. */
export interface TemplateFile {
  readonly path: string;
  readonly source: string;
}

export async function templates(): Promise<Template[]> {
  const entries = await readdir(TEMPLATES, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = await Promise.all(
    names.map(async (name) => {
      const readme = await readFile(join(TEMPLATES, name, 'README.md'), 'utf8').catch(() => null);
      return readme === null ? [] : [{ name, summary: firstSentence(readme) }];
    }),
  );
  const baselines = BASELINES.map(async (name) => {
    const { description = '' } = parseManifest(await readFile(join(folderOf(name), MANIFEST_FILE)));
    return { name, summary: firstSentence(description) };
  });
  return [...found.flat(), ...(await Promise.all(baselines))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const folderOf = (name: string): string =>
  BASELINES.includes(name) ? join(AGENTS, 'baselines', name) : join(TEMPLATES, name);

/** Of the first paragraph under the title. */
export function firstSentence(readme: string): string {
  const paragraph = readme
    .split(/\n\s*\n/)
    .find((text) => text.trim() !== '' && !text.trim().startsWith('#'));
  const line = (paragraph ?? '').replace(/\s+/g, ' ').trim();
  return /^.*?\.(?= |$)/.exec(line)?.[0].slice(0, -1) ?? line;
}

/** All files of a template, sorted. Throws CommandError if there is none of that name. */
export async function filesOf(name: string): Promise<TemplateFile[]> {
  const known = await templates();
  if (!known.some((template) => template.name === name)) {
    const names = known.map((template) => template.name).join(', ');
    throw new CommandError(`there is no template '${name}'; there are: ${names}`);
  }
  const folder = folderOf(name);
  // A template's own list keeps what it is made from out of its archive; a baseline's tests need the repository.
  const ignored = BASELINES.includes(name)
    ? await readFile(join(folder, '.arenaignore'), 'utf8').catch(() => '')
    : '';
  const lines = [...IGNORED_BY_DEFAULT, ...ignored.split('\n')];
  const ignore = ignoreOf(lines.filter((line) => !line.startsWith('.arenaignore')));
  const own = await walk(folder, ignore);
  const borrowed = own.includes(BORROWED)
    ? (JSON.parse(await readFile(join(folder, BORROWED), 'utf8')) as Record<string, string>)
    : {};
  const files = [
    ...own.filter((path) => path !== BORROWED).map((path) => ({ path, source: join(folder, path) })),
    ...Object.entries(borrowed).map(([path, source]) => ({ path, source: join(AGENTS, source) })),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function walk(folder: string, ignore: ReturnType<typeof ignoreOf>, top = ''): Promise<string[]> {
  const entries = await readdir(join(folder, top), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = top === '' ? entry.name : `${top}/${entry.name}`;
      if (ignore(path, entry.isDirectory())) return [];
      return entry.isDirectory() ? walk(folder, ignore, path) : [path];
    }),
  );
  return nested.flat();
}

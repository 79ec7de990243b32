import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import {
  AICROWD_FILE,
  MANIFEST_FILE,
  ManifestError,
  entryFile,
  parseManifest,
  readManifest,
} from '@arena/protocol';
import { calledAs, quoted } from '../called.ts';
import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { wrap } from '../terminal/wrap.ts';
import { CommandError, UsageError } from '../usage.ts';
import { makeFolders } from './folders.ts';
import { filesOf, templates, type TemplateFile } from './templates.ts';
import { out } from '../terminal/out.ts';

const HELP = `Makes the folder of a new agent from a template: one that plays at once, or
once it is compiled, to be changed.

usage: arena init --template NAME [FOLDER]
       arena init --list

  --template NAME   what to start from, see --list
  FOLDER            where; made if it is not there. Default: NAME-agent, here.
                    The agent is named after it. Nothing that is there already
                    is overwritten
  --list            the templates, one a line
  --json            one JSON document on standard output

  arena init --template python my-agent
  arena play my-agent --games 4`;

const COLUMNS = 80;

const OPTIONS = {
  template: { type: 'string', short: 't' },
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** The template's arena.json, or aicrowd.json, with the agent's own name, where that is one that a manifest may have. */
export function renamed(manifest: string, name: string, file = MANIFEST_FILE): string {
  const changed = manifest.replace(
    /("name"\s*:\s*)"[^"]*"/,
    (_all, key: string) => key + JSON.stringify(name),
  );
  try {
    const read = readManifest({ name: file, bytes: Buffer.from(changed) }, () => true);
    // in an aicrowd.json anything may stand, of which only a part may be used
    return read.name === name ? changed : manifest;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return manifest;
  }
}

async function write(files: readonly TemplateFile[], folder: string): Promise<void> {
  const taken = files.filter(({ path }) => existsSync(join(folder, path))).map(({ path }) => path);
  if (taken.length > 0)
    throw new CommandError(
      `${folder} has ${taken.slice(0, 3).join(', ')} already, and nothing is overwritten: choose another folder`,
    );
  for (const { path, source } of files) {
    const target = join(folder, path);
    await makeFolders(dirname(target));
    const content = await readFile(source);
    const own =
      path === MANIFEST_FILE || path === AICROWD_FILE
        ? renamed(content.toString(), basename(resolve(folder)), path)
        : content;
    // even one that came this very moment stays
    await writeFile(target, own, { flag: 'wx' });
  }
}

async function list(json: boolean): Promise<number> {
  const found = await templates();
  const width = Math.max(...found.map(({ name }) => name.length)) + 2;
  const text = found
    .map(
      ({ name, summary }) =>
        name.padEnd(width) + wrap(summary, COLUMNS - width).join(`\n${' '.repeat(width)}`),
    )
    .join('\n');
  out(`${json ? JSON.stringify({ templates: found }, null, 2) : text}\n`);
  return EXIT.ok;
}

/** What makes the agent's entry where that is not among its files; null: it is. */
async function buildOf(paths: readonly string[], folder: string): Promise<string | null> {
  // a submission of 2021 has none, and is Python
  if (!paths.includes(MANIFEST_FILE)) return null;
  const manifest = parseManifest(await readFile(join(folder, MANIFEST_FILE)));
  if (paths.includes(entryFile(manifest))) return null;
  return paths.includes('Makefile') ? 'make' : 'npm install && npm run build';
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (values.list) return list(values.json);
  const { template } = values;
  if (template === undefined) throw new UsageError('which template? Say --template NAME; --list shows them');
  const [folder = `${template}-agent`, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`one folder at a time, not ${positionals.length}`);
  const files = await filesOf(template);
  await write(files, folder);
  const paths = files.map(({ path }) => path);
  if (values.json) {
    out(`${JSON.stringify({ folder, template, files: paths }, null, 2)}\n`);
    return EXIT.ok;
  }
  const shown = quoted(isAbsolute(folder) ? folder : relative('.', folder) || '.');
  const arena = calledAs();
  const build = await buildOf(paths, folder);
  out(
    `${shown}: ${paths.join(', ')}\n\n${build === null ? '' : `Build it:   cd ${shown} && ${build} (README.md says what that needs)\n`}Play it:    ${arena} play ${shown} --games 4\nCheck it:   ${arena} check ${shown}\nSubmit it:  ${arena} submit ${shown}\n`,
  );
  return EXIT.ok;
}

export const INIT: Command = {
  name: 'init',
  summary: 'make a new agent from a template',
  help: HELP,
  run,
};

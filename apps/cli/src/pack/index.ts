import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { IGNORE_FILE, IGNORED_BY_DEFAULT } from '@arena/archive';
import { printable } from '@arena/report';
import { oneAgent, readAgent, tellNotices } from '../agent/open.ts';
import { parse, type Command } from '../command.ts';
import { saveFile, sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { CommandError } from '../usage.ts';
import { out } from '../terminal/out.ts';

const HELP = `Packs an agent's folder into the .tar.gz that a server takes. The same files
give the same bytes, whatever their times and owners.

usage: arena pack AGENT [-o FILE] [--force] [--json]

  AGENT       the agent's folder
  -o FILE     where to write it; default NAME.tar.gz here, by the folder's name
  --force     overwrite what is there
  --json      one JSON document on standard output

What a server would refuse is refused here, with the reason: links, special
files, names that differ only in case, too large or too many files, no manifest
or a wrong one.

Left out without a word from you:

  ${IGNORED_BY_DEFAULT.slice(0, 7).join(' ')}
  ${IGNORED_BY_DEFAULT.slice(7).join(' ')}
  and Python's virtual environments, whatever they are called

More is left out by a file ${IGNORE_FILE} in the folder, in the manner of
.gitignore: a pattern a line, # for comments, ! for what is taken after all.

  arena pack my-agent
  arena pack my-agent -o /tmp/agent.tar.gz --force --json | jq -r .sha256`;

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const folder = oneAgent(positionals);
  if (!(await stat(folder)).isDirectory())
    throw new CommandError(`${folder} is packed already; give its folder`);
  const packed = await readAgent(folder);
  tellNotices(packed);
  const { archive, manifest, leftOut, notices } = packed;
  const path = values.output ?? `${basename(resolve(folder))}.tar.gz`;
  await saveFile(path, [archive.bytes], values.force);
  const { sha256, files, bytes } = archive;
  if (values.json) {
    const { name, version, kind, runtime } = manifest;
    const agent = { name, version, kind, runtime };
    const report = {
      path,
      bytes: bytes.length,
      sha256,
      files: Object.fromEntries(files),
      leftOut,
      notices,
      agent,
    };
    out(`${JSON.stringify(report, null, 2)}\n`);
    return EXIT.ok;
  }
  const left = leftOut.length === 0 ? [] : [`left out: ${leftOut.map(printable).join(', ')}`];
  const lines = [
    `${path}: ${manifest.name} ${manifest.version}, ${files.size} files, ${sizeOf(bytes.length)}`,
    `sha256 ${sha256}`,
    ...left,
  ];
  out(`${lines.join('\n')}\n`);
  return EXIT.ok;
}

export const PACK: Command = {
  name: 'pack',
  summary: "pack an agent's folder for a server",
  help: HELP,
  run,
};

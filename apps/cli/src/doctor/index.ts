import { examineUploads } from '@arena/archive/boxed';
import { examine, type Finding } from '@arena/sandbox';
import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { UsageError } from '../usage.ts';
import { out } from '../terminal/out.ts';

const HELP = `Looks at each thing a worker needs of this machine: PASS, CAUTION (it works, with less
protection or fairness) or FAIL (agents cannot be run), and what to do about it.

usage: arena doctor [--json]

  --json      one JSON document on standard output

Run it as the user that runs the worker. Ends with 1 if something fails.

  arena doctor
  arena doctor --json | jq -r '.findings[] | select(.grade != "PASS") | .remedy'`;

const WIDTH = 88;
const INDENT = ' '.repeat(9);

/** Words in lines of at most WIDTH, all but the first indented. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && INDENT.length + line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${INDENT}`);
}

function shown({ name, grade, found, remedy }: Finding): string {
  return [
    `${grade.padEnd(9)}${wrapped(`${name}: ${found}`)}`,
    ...(remedy === null ? [] : [`${INDENT}${wrapped(remedy)}`]),
  ].join('\n');
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  if (positionals.length > 0) throw new UsageError('doctor takes no names');
  const { findings, sandbox } = await examine();
  const examination = { findings: [...findings, await examineUploads()], sandbox };
  const failed = examination.findings.some(({ grade }) => grade === 'FAIL');
  if (values.json) out(`${JSON.stringify({ ok: !failed, ...examination }, null, 2)}\n`);
  else {
    out(`${examination.findings.map(shown).join('\n')}\n`);
    if (examination.sandbox !== null) out(`\n${examination.sandbox}\n`);
  }
  return failed ? EXIT.failed : EXIT.ok;
}

export const DOCTOR: Command = {
  name: 'doctor',
  summary: 'looks whether this machine can hold agents in, and says what to do',
  help: HELP,
  run,
};

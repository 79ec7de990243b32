/** `npm run fuzz:inputs`: what strangers send, made up, to the parts that take it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { testRun } from '@arena/persistence/testing';
import { KINDS } from './kinds.ts';
import { MOST_GROWTH_MIB, runKind, type Failure, type Report } from './run.ts';
import { watchdog } from './watchdog.ts';

const HELP = `Gives made-up inputs of strangers to what takes them: no 5xx, no hang, no growth, no error of nobody.

usage: npm run fuzz:inputs [-- options]

  --count N     inputs of each kind (100000)
  --kind NAMES  of ${KINDS.map(({ name }) => name).join(', ')} (all)
  --seed N      which inputs (1): the same seed gives the same ones
  --from N      the number of the first input (0), to play one again
  --json        one JSON document on standard output

bodies and sockets go to an API of its own, in a process of its own, with a PostgreSQL. The first input that fails is saved
in .arena/fuzz, and the command that plays it again is printed.`;

const FOLDER = fileURLToPath(new URL('../../../.arena/fuzz', import.meta.url));
const STILL_MS = 30_000;

function save({ kind, seed, index, input, message }: Failure): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${kind}-${seed}-${index}`);
  writeFileSync(path, input);
  writeFileSync(`${path}.txt`, `${message}\n`);
  return `${message}\nfuzz:inputs: the input is in ${path}; play it again by\n  npm run fuzz:inputs -- --kind ${kind} --seed ${seed} --from ${index} --count 1`;
}

function line({ kind, count, seconds, slowestMs, grownMiB, verdicts }: Report): string {
  const parts = Object.entries(verdicts)
    .sort(([, a], [, b]) => b - a)
    .map(([verdict, n]) => `  ${String(n).padStart(9)}  ${verdict}`);
  return `${kind}: ${count} in ${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(0)} ms, memory ${grownMiB >= 0 ? '+' : ''}${grownMiB.toFixed(1)} MiB (at most ${MOST_GROWTH_MIB})\n${parts.join('\n')}`;
}

function whole(name: string, value: string, least: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(
    `--${name} must be a whole number from ${least}; got ${JSON.stringify(value)} (see --help)`,
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      kind: { type: 'string', default: KINDS.map(({ name }) => name).join(',') },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [count, seed, from] = [
    whole('count', values.count, 1),
    whole('seed', values.seed, 0),
    whole('from', values.from, 0),
  ];
  const kinds = values.kind.split(',').map((name) => {
    const found = KINDS.find((kind) => kind.name === name);
    if (found) return found;
    throw new Error(
      `there is no kind ${JSON.stringify(name)}; there are ${KINDS.map((kind) => kind.name).join(', ')}`,
    );
  });
  const reports: Report[] = [];
  const dog = watchdog(STILL_MS);
  const { isTTY } = process.stderr;
  await testRun(async () => {
    for (const kind of kinds) {
      const report = await runKind(
        kind,
        count,
        seed,
        {
          begin: ({ index }) => {
            dog.beat(index);
          },
          progress: (done) => {
            const step = isTTY ? Math.ceil(count / 200) : Math.ceil(count / 10);
            if (done % step !== 0 && done !== count) return;
            const share = Math.floor((done / count) * 30);
            const bar = `${kind.name.padEnd(9)} ${'█'.repeat(share)}${'░'.repeat(30 - share)} ${done}/${count}`;
            process.stderr.write(isTTY ? `\r\u001b[K${bar}${done === count ? '\n' : ''}` : `${bar}\n`);
          },
        },
        from,
      );
      reports.push(report);
      if (!values.json) console.log(line(report));
      if (report.failure !== null)
        process.stderr.write(`fuzz:inputs: ${kind.name}: ${save(report.failure)}\n`);
    }
  });
  await dog.stop();
  if (values.json)
    console.log(
      JSON.stringify({
        seed,
        from,
        kinds: reports.map((report) => ({ ...report, failure: report.failure?.message ?? null })),
      }),
    );
  return reports.every(({ failure }) => failure === null) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `fuzz:inputs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 2;
}

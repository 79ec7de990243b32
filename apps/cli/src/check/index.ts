import { CHALLENGE_LIMITS, plural } from '@arena/contracts';
import { ArchiveError } from '@arena/archive';
import { Engine } from '@arena/engine';
import { ManifestError } from '@arena/protocol';
import { lastLines } from '../agent/fault.ts';
import { oneAgent, readAgent, tellNotices, withBoxed, type ReadAgent } from '../agent/open.ts';
import { openHost } from '../agent/evaluate.ts';
import { parse, type Command } from '../command.ts';
import { wholeNumber } from '../engine/settings.ts';
import { EXIT } from '../program.ts';
import { UsageError } from '../usage.ts';
import { fail, outcomeLines, pass, type Outcome } from './outcome.ts';
import { checksOf } from './run.ts';
import { out } from '../terminal/out.ts';

const HELP = `Checks an agent against the contract (docs/AGENTS.md) before it is submitted:
real games, in the server's sandbox, under its limits.

usage: arena check AGENT [--seconds N] [--json] [--strict]

  AGENT        the agent's folder, or its .tar.gz
  --seconds N  how long whole games are played at most (default 60)
  --json       one JSON document on standard output
  --strict     a CAUTION fails, too

  manifest      the server would take the archive and its arena.json or
                aicrowd.json
  games         it plays some games without a fault; every action is one
  determinism   the same games give the same keys
  batch         one game at a time gives the same games as many at once
  endings       it survives every kind of end: death, quit, escape, ascension,
                the step limit, no progress, a time bank that is used up, an
                invalid action; and plays on
  whole games   up to 8 games to their own ends: what goes wrong late in a game
  start time, step time, memory    against the limits

One line each: PASS; CAUTION, which costs no game and may cost points; FAIL,
which will cost games. Under it what to do.

An agent of a runtime that is an image's root file system needs the file that
names it, as a worker does: ARENA_RUNTIME_ROOTS=FILE (docs/OPERATING.md).

Exit code: 0 if nothing failed, 1 if something did, 2 for a wrong call.

  arena check my-agent`;

const USUAL_SECONDS = 60;
const MOST_SECONDS = 86_400;

const OPTIONS = {
  seconds: { type: 'string' },
  json: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
} as const;

/** Reads the agent, or says why a server would not take it. */
async function take(path: string): Promise<ReadAgent | Outcome> {
  try {
    return await readAgent(path);
  } catch (error) {
    if (error instanceof ManifestError)
      return fail(
        'manifest',
        error.message,
        'correct the field that is named; docs/AGENTS.md lists them all',
      );
    if (error instanceof ArchiveError) return fail('manifest', error.message, 'the server would refuse it');
    throw error;
  }
}

/** What is being checked, on a terminal that nothing else is written to. */
function showProgress(name: string | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\x1b[K${name === null ? '' : `checking ${name} …`}`);
}

/** Throws UsageError. */
function secondsOf(text: string | undefined): number {
  if (text === undefined) return USUAL_SECONDS;
  const seconds = wholeNumber('seconds', text);
  if (seconds < 1 || seconds > MOST_SECONDS)
    throw new UsageError(`--seconds ${text}: it must be from 1 to ${MOST_SECONDS}`);
  return seconds;
}

async function checkAll(path: string, seconds: number, told: (outcome: Outcome) => void): Promise<void> {
  const agent = await take(path);
  if ('grade' in agent) {
    told(agent);
    return;
  }
  tellNotices(agent);
  const { name, version, runtime, gamesAtOnce } = agent.manifest;
  told(pass('manifest', `${name} ${version}, ${runtime}, ${plural(gamesAtOnce, 'game')} at once`));
  const host = openHost();
  try {
    await withBoxed(agent, host, async (folder) => {
      const { manifest } = agent;
      const engine = await Engine.load();
      const about = { host, folder, manifest, engine, seconds, limits: CHALLENGE_LIMITS };
      for await (const outcome of checksOf(about, showProgress)) {
        showProgress(null);
        told(outcome);
      }
    });
  } finally {
    showProgress(null);
    host.stage.dispose();
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const path = oneAgent(positionals);
  const outcomes: Outcome[] = [];
  await checkAll(path, secondsOf(values.seconds), (outcome) => {
    outcomes.push(outcome);
    if (values.json) return;
    out(`${outcomeLines(outcome)}\n`);
    if (outcome.log !== null && outcome.log.trim() !== '')
      out(`         The last it printed:\n${lastLines(outcome.log)}\n`);
  });
  const count = (grade: Outcome['grade']): number => outcomes.filter((each) => each.grade === grade).length;
  const [passed, cautions, failed] = [count('PASS'), count('CAUTION'), count('FAIL')];
  if (values.json) out(`${JSON.stringify({ checks: outcomes, passed, cautions, failed }, null, 2)}\n`);
  else out(`\n${passed} passed, ${cautions} to look at, ${failed} failed\n`);
  return failed > 0 || (values.strict && cautions > 0) ? EXIT.failed : EXIT.ok;
}

export const CHECK: Command = {
  name: 'check',
  summary: 'check an agent against the contract',
  help: HELP,
  run,
};

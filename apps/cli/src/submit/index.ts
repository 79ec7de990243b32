import { readFile } from 'node:fs/promises';
import type { SubmissionView } from '@arena/contracts';
import { ApiError, ArenaClient, followSubmission } from '@arena/client';
import { Bars, boardTable, causesText, faultsText, gamesTable, printable } from '@arena/report';
import { refusalText } from '../agent/fault.ts';
import { oneAgent, readAgent, tellNotices } from '../agent/open.ts';
import { parse, type Command } from '../command.ts';
import { sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { CommandError, UsageError } from '../usage.ts';
import { competitionFor } from './competition.ts';
import { lostGames, lostText } from './faults.ts';
import { asked, refusal } from './refusal.ts';
import { err, out } from '../terminal/out.ts';

const HELP = `Submits an agent to a server and follows it to its score.

usage: arena submit AGENT [options]

  AGENT               the agent's folder, which is packed as by arena pack, or
                      its .tar.gz
  --server URL        where (default: ARENA_SERVER, else http://localhost:3000)
  --competition NAME  to which competition. Default: demo, or the server's only
                      one; where it has others, they are listed
  --token-file FILE   holds the token, where the server asks for one; or set
                      ARENA_TOKEN. The token of a local npm start lies in
                      .arena/admin-token
  --detach            say the address of its page and leave
  --json              one JSON document on standard output

A game that was lost to a fault of the agent comes with what went wrong and the
last lines that the agent printed, its stack trace among them.

What the server would refuse is refused here first. Ctrl-C leaves, too: the
submission goes on, and its page shows how far it is.

Exit code: 0 once it is evaluated, 1 if it was refused or the evaluation failed,
2 for a wrong call, 130 if left by Ctrl-C.

  arena submit my-agent
  arena submit my-agent --server https://arena.example.org --competition spring`;

const OPTIONS = {
  server: { type: 'string' },
  competition: { type: 'string' },
  'token-file': { type: 'string' },
  detach: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Throws UsageError for an address that is none. */
export function serverAddress(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const text = given ?? environment['ARENA_SERVER'] ?? 'http://localhost:3000';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--server ${text}: an address such as http://localhost:3000 is wanted`);
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

async function tokenOf(file: string | undefined): Promise<string | null> {
  const text = file === undefined ? process.env['ARENA_TOKEN'] : await readFile(file, 'utf8');
  const token = text?.trim() ?? '';
  if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
    throw new CommandError(
      `${file ?? 'ARENA_TOKEN'} holds no token: one line of letters without spaces is wanted`,
    );
  return token === '' ? null : token;
}

async function upload(
  client: ArenaClient,
  base: string,
  wanted: string | undefined,
  path: string,
): Promise<SubmissionView> {
  const agent = await readAgent(path);
  tellNotices(agent);
  const { archive, manifest } = agent;
  const competition = await competitionFor(client, base, wanted);
  err(
    `${manifest.name} ${manifest.version}: ${archive.files.size} files, ${sizeOf(archive.bytes.length)}, to ${base}, ${competition}\n`,
  );
  return asked(base, client.submit(competition, archive.bytes));
}

/** Until the evaluation is over; null if it was left by a signal. */
async function follow(client: ArenaClient, base: string, id: string): Promise<SubmissionView | null> {
  const leaving = new AbortController();
  const leave = (): void => {
    leaving.abort();
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  const bars = new Bars(process.stderr.isTTY, (text) => process.stderr.write(text));
  let waited = false;
  let told: string | null = null;
  try {
    await followSubmission(
      client,
      base,
      id,
      {
        progress: ({ board, gamesAhead, state, obstacle }) => {
          if (obstacle !== told && obstacle !== null) err(`waiting: ${printable(obstacle)}\n`);
          told = obstacle;
          if (state === 'queued' && gamesAhead !== null && gamesAhead > 0 && !waited) {
            waited = true;
            err(`waiting: ${gamesAhead} games of others come first\n`);
          }
          if (board !== null) bars.show([board]);
        },
      },
      leaving.signal,
    );
    return leaving.signal.aborted ? null : await client.submission(id);
  } catch (error) {
    if (error instanceof ApiError) throw refusal(error, base);
    throw error;
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

async function report(client: ArenaClient, view: SubmissionView, page: string, json: boolean): Promise<void> {
  const games = await client.games(view.id);
  const lost = await lostGames(client, games);
  if (json) {
    const logs = new Map(lost.map(({ row, log }) => [row.id, log]));
    const withLogs = games.map((row) => ({ ...row, log: logs.get(row.id) ?? null }));
    out(`${JSON.stringify({ page, submission: view, games: withLogs }, null, 2)}\n`);
    return;
  }
  const { board } = view.evaluation;
  // Refused before its first game: a table of games that were not played says nothing.
  if (view.evaluation.state === 'failed' && board?.gamesDone === 0) {
    out(`\n${page}\n`);
    return;
  }
  const parts = [
    gamesTable(games),
    ...(board === null ? [] : [boardTable([board])]),
    causesText(games),
    `${faultsText(games)}\n${page}`,
    ...(lost.length === 0 ? [] : [lostText(games, lost)]),
  ];
  out(`\n${parts.join('\n\n')}\n`);
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const path = oneAgent(positionals);
  const base = serverAddress(values.server, process.env);
  const client = new ArenaClient(base, await tokenOf(values['token-file']));
  const { id } = await upload(client, base, values.competition, path);
  const page = `${base}/submissions/${id}`;
  err(`submitted: ${page}\n`);
  if (values.detach) {
    out(`${values.json ? JSON.stringify({ page, id }) : page}\n`);
    return EXIT.ok;
  }
  const done = await follow(client, base, id);
  if (done === null) {
    err(`\nThe submission goes on; its page: ${page}\n`);
    return EXIT.stopped;
  }
  await report(client, done, page, values.json);
  if (done.evaluation.state === 'finished') return EXIT.ok;
  const { reason, log } = done.evaluation;
  throw new CommandError(refusalText(`the evaluation failed: ${reason ?? 'no reason was given'}`, log));
}

export const SUBMIT: Command = {
  name: 'submit',
  summary: 'submit an agent to a server and follow it to its score',
  help: HELP,
  run,
};

/** Registers the demo competition, submits the bundled agents and follows them to their scores. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BoardRow, BoardView } from '@arena/contracts';
import type { Arena } from './arena.ts';
import { isDone, submitBaselines } from './baselines.ts';
import { demoCompetition } from './competition.ts';
import type { Run } from './config.ts';
import { Bars } from '@arena/report';

const POLL_MS = 500;

/** Resolves with the board once the bundled agents are evaluated; rejects if the platform failed one. */
export async function evaluateBaselines(
  { client, services }: Arena,
  { games, agents }: Pick<Run, 'games' | 'agents'>,
): Promise<BoardView> {
  const { slug, settings } = demoCompetition(games);
  await client.putCompetition(slug, settings);
  const ids = new Set(await submitBaselines(client, slug, agents));
  const bars = new Bars(process.stderr.isTTY, (text) => process.stderr.write(text));
  const follow = async (): Promise<BoardView> => {
    for (;;) {
      const board = await client.board(slug);
      const rows = board.rows.filter((row) => ids.has(row.submissionId));
      bars.show(rows);
      const failed = rows.find((row) => row.state === 'failed');
      if (failed) throw new Error(await reasonOf(client, failed));
      if (rows.length === ids.size && rows.every(isDone)) return board;
      await delay(POLL_MS);
    }
  };
  return Promise.race([follow(), services.failed]);
}

async function reasonOf(client: Arena['client'], row: BoardRow): Promise<string> {
  const { evaluation } = await client.submission(row.submissionId);
  return `the evaluation of ${row.agentName} failed: ${evaluation.reason ?? 'no reason was given'}`;
}

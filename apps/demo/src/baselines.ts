/** The bundled agents, packed and submitted as any participant's. */
import { join } from 'node:path';
import type { BoardRow, SubmissionView } from '@arena/contracts';
import { packAgent } from '@arena/archive';
import { ApiError, type ArenaClient } from '@arena/client';
import { root } from './config.ts';

/** In the order in which they are submitted, and so seeded. */
const BASELINES = ['random', 'explorer', 'cloner', 'pilot'];

/**
 * Submits each baseline that the competition does not have yet, byte for byte: a second start goes on where the first
 * stopped. Only the `wanted` ones where that is said. Answers with the submissions' ids in
 * BASELINES' order.
 */
export async function submitBaselines(
  client: ArenaClient,
  competition: string,
  wanted: readonly string[] = BASELINES,
): Promise<string[]> {
  const { rows } = await client.board(competition);
  const known = new Map<string, string>();
  for (const row of rows.filter((candidate) => BASELINES.includes(candidate.agentName))) {
    const { sha256, evaluation } = await client.submission(row.submissionId);
    if (evaluation.state !== 'failed') known.set(sha256, row.submissionId);
  }
  const ids: string[] = [];
  for (const name of BASELINES.filter((candidate) => wanted.includes(candidate))) {
    const { bytes, sha256 } = await packAgent(join(root, 'agents', 'baselines', name));
    ids.push(known.get(sha256) ?? (await submit(client, competition, name, bytes)).id);
  }
  return ids;
}

async function submit(
  client: ArenaClient,
  competition: string,
  name: string,
  archive: Buffer,
): Promise<SubmissionView> {
  try {
    return await client.submit(competition, archive);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Error(`the server refused the bundled agent ${name}: ${error.message}`, { cause: error });
  }
}

export const isDone = (row: BoardRow): boolean => row.state === 'finished' || row.state === 'failed';

import { CHANNELS, type Notice } from '@arena/contracts';
import type { EntityManager } from 'typeorm';

/** Tells all APIs what changed, when the transaction commits. Equal notices of one transaction arrive once. */
export async function notify(manager: EntityManager, ...notices: Notice[]): Promise<void> {
  for (const notice of notices) {
    await manager.query('SELECT pg_notify($1, $2)', [CHANNELS.notices, JSON.stringify(notice)]);
  }
}

/** The same notice for many games of one submission, in one statement: an evaluation may have thousands. */
export async function notifyGames(
  manager: EntityManager,
  kind: 'game:started' | 'game:ended',
  gameIds: readonly string[],
  where: { submissionId: string; competition: string },
): Promise<void> {
  await manager.query(
    `SELECT pg_notify($1, json_build_object('kind', $2::text, 'gameId', id, 'submissionId', $4::text, 'competition', $5::text)::text)
     FROM unnest($3::uuid[]) AS id`,
    [CHANNELS.notices, kind, gameIds, where.submissionId, where.competition],
  );
}

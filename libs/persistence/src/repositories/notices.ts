import { CHANNELS, type Notice } from '@arena/contracts';
import type { EntityManager } from 'typeorm';

/** Tells all APIs what changed, when the transaction commits. Equal notices of one transaction arrive once. */
export async function notify(manager: EntityManager, ...notices: Notice[]): Promise<void> {
  for (const notice of notices) {
    await manager.query('SELECT pg_notify($1, $2)', [CHANNELS.notices, JSON.stringify(notice)]);
  }
}

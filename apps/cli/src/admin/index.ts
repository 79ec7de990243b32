import type { Group } from '../command.ts';
import { BACKUP } from './backup.ts';
import { DATABASE_URL } from './database-url.ts';
import { RESTORE } from './restore.ts';

export const ADMIN: Group = {
  name: 'admin',
  summary: 'back up and restore the local arena, add a worker to it',
  commands: [BACKUP, RESTORE, DATABASE_URL],
};

import type { Room } from '@arena/contracts';
import { idSchema, slugSchema } from '../validation.ts';

export type RoomName =
  { kind: 'board'; competition: string } | { kind: 'submission'; id: string } | { kind: 'game'; id: string };

/** What a room's name says, or null for anything else a stranger may send. */
export function readRoom(name: unknown): RoomName | null {
  if (typeof name !== 'string' || name.length > 100) return null;
  const [kind, key, ...rest] = name.split(':');
  if (key === undefined || rest.length > 0) return null;
  if (kind === 'board' && slugSchema.safeParse(key).success) return { kind, competition: key };
  if ((kind === 'submission' || kind === 'game') && idSchema.safeParse(key).success)
    return { kind, id: key.toLowerCase() };
  return null;
}

export function roomName(room: RoomName): Room {
  return room.kind === 'board' ? `board:${room.competition}` : `${room.kind}:${room.id}`;
}

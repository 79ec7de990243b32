import type { Group } from '../command.ts';
import { EXPORT } from './export.ts';
import { IMPORT } from './import.ts';
import { PLAY } from './play.ts';
import { REPLAY } from './replay.ts';
import { VERIFY } from './verify.ts';

export const ENGINE: Group = {
  name: 'engine',
  summary: 'NetHack itself: play it by hand, watch and check recorded games (tapes)',
  commands: [PLAY, REPLAY, VERIFY, EXPORT, IMPORT],
};

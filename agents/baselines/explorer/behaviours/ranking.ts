import type { Behaviour } from './behaviour.ts';
import { collect, reclaim } from './collect.ts';
import { descend, leaveMines, leaveShop } from './descend.ts';
import { eatCarried, eatCorpse } from './eat.ts';
import { equip, lighten, putBack } from './equip.ts';
import { approach, fight, fightInside } from './fight.ts';
import { explore, exploreDaring, openDoors } from './explore.ts';
import { huntForMore } from './patience.ts';
import { rest, sitOut } from './rest.ts';
import { searchWalls } from './search.ts';
import { clearWay, shoot } from './shoot.ts';
import { digDown } from './dig.ts';
import { castHealing, escape, heal, pray, shelter, zap } from './survive.ts';

/** What matters most comes first; the first behaviour with an idea decides. */
export const BEHAVIOURS: readonly Behaviour[] = [
  pray,
  castHealing,
  heal,
  zap,
  fightInside,
  shelter,
  escape,
  clearWay,
  shoot,
  fight,
  sitOut,
  reclaim,
  eatCarried,
  approach,
  eatCorpse,
  rest,
  putBack,
  leaveShop,
  lighten,
  equip,
  leaveMines,
  collect,
  descend,
  explore,
  openDoors,
  digDown,
  searchWalls,
  exploreDaring,
  huntForMore,
];

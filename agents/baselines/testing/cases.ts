/** What explorer's behaviours bring about: held over positions of games, some brought about by debug mode (staged.ts). */
import { CLASS } from '../explorer/perception/inventory.ts';
import { HUNGER } from '../explorer/perception/status.ts';
import type { Look, Shown } from './position.ts';

type Came = (shown: Shown) => boolean;

const count = ({ items }: Look, objectClass?: number): number =>
  items.reduce(
    (sum, item) => sum + (objectClass === undefined || item.class === objectClass ? item.quantity : 0),
    0,
  );
const fewer =
  (objectClass?: number): Came =>
  ({ before, after }) =>
    count(after, objectClass) < count(before, objectClass);
const moved: Came = ({ before, after }) => before.status.cell !== after.status.cell;
/** It went where the next one could do its part. */
const leadsTo =
  (by: string): Came =>
  (shown) =>
    moved(shown) && shown.next === by;
const discovers: Came = ({ before, after }) => after.known > before.known;
const gains: Came = ({ before, after }) => count(after) > count(before) || after.gold > before.gold;
const deeper: Came = ({ before, after }) => after.status.depth === before.status.depth + 1;
const waited: Came = ({ before, after }) =>
  before.status.cell === after.status.cell && before.status.turn < after.status.turn;
const tells =
  (what: RegExp): Came =>
  ({ said }) =>
    what.test(said);
const worn = ({ items }: Look): number => items.filter(({ worn: isWorn }) => isWorn).length;

/** By a command's name. */
export const CASES: Readonly<Record<string, Came>> = {
  pray: ({ before: { status: before }, after: { status: after } }) =>
    (before.hunger >= HUNGER.weak && after.hunger < before.hunger) ||
    (before.hp < before.maxHp && after.hp === after.maxHp),
  'cast healing': ({ before, after }) =>
    after.status.energy <= before.status.energy - 5 && after.status.hp > before.status.hp,
  heal: fewer(CLASS.potion),
  read: fewer(CLASS.scroll),
  zap: tells(/ ray | bolt |missile|wand/),
  'fight inside': tells(/You (?:kill|destroy)|expel|regurgitate|spit/),
  shelter: (shown) => waited(shown) && shown.after.status.hp >= shown.before.status.hp,
  escape: tells(/You write in the dust/),
  flee: ({ before, after }) => after.status.depth === before.status.depth - 1,
  'dig out': deeper,
  'to stairs up': leadsTo('flee'),
  'clear way': fewer(),
  shoot: fewer(),
  'force bolt': ({ before, after }) => after.status.energy <= before.status.energy - 5,
  fight: tells(/You (?:kill|destroy)/),
  'sit out': waited,
  stand: waited,
  reclaim: ({ before, after }) => count(after) > count(before) && !after.items.some(({ unpaid }) => unpaid),
  eat: ({ before, after }) => after.status.hunger < before.status.hunger,
  approach: (shown) => moved(shown) && shown.after.nearestFoe < shown.before.nearestFoe,
  'to corpse': leadsTo('eat corpse'),
  'eat corpse': tells(/You finish eating|tastes|delicious/),
  rest: ({ before, after }) => after.status.hp > before.status.hp,
  'put back': ({ before, after }) =>
    before.items.some(({ unpaid }) => unpaid) && !after.items.some(({ unpaid }) => unpaid),
  lighten: fewer(),
  wear: ({ before, after }) => after.status.armourClass < before.status.armourClass,
  wield: ({ before, after }) =>
    after.items.find(({ wielded }) => wielded)?.letter !==
    before.items.find(({ wielded }) => wielded)?.letter,
  'take off': ({ before, after }) => worn(after) < worn(before),
  'leave shop': ({ before, after }) => before.inShop && !after.inShop,
  'leave mines': ({ before, after }) =>
    before.dungeon === 2 && after.status.depth === before.status.depth - 1,
  collect: (shown) => gains(shown) || leadsTo('pick up')(shown),
  'pick up': gains,
  'to stairs': leadsTo('descend'),
  descend: deeper,
  explore: discovers,
  'to door': leadsTo('kick'),
  kick: tells(/WHAMM|crashes open|breaks|opens|shatters/),
  dig: deeper,
  'to search': leadsTo('search'),
  search: waited,
  'explore daring': discovers,
  hunt: moved,
};

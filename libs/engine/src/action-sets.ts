import { ACTIONS } from './actions.ts';

/** Commands for people at a terminal; NLE leaves them out of its useful actions. */
const FOR_PEOPLE = new Set([
  ...['EXTCMD', 'EXTLIST', 'ANNOTATE', 'AUTOPICKUP', 'CONDUCT', 'GLANCE', 'HISTORY', 'KNOWN', 'KNOWNCLASS'],
  ...['OPTIONS', 'OVERVIEW', 'QUIT', 'REDRAW', 'SAVE', 'SEEALL', 'TELEPORT', 'TRAVEL', 'VERSION'],
  ...['WHATDOES', 'WHATIS'],
]);

/** Text that also names an item or an amount in a prompt; three of them are commands by the same key. */
const USEFUL_TEXT = ['PLUS', 'QUOTE', 'DOLLAR', 'SPACE'];

function keys(set: string, isWanted: (name: string) => boolean = () => true): number[] {
  return ACTIONS.filter((action) => action.set === set && isWanted(action.name)).map(({ key }) => key);
}

function named(set: string, names: readonly string[]): number[] {
  return names.flatMap((wanted) => keys(set, (name) => name === wanted));
}

const TEXT_KEYS = named('TextCharacters', USEFUL_TEXT);
const MOVES = [...keys('CompassDirection'), ...keys('CompassDirectionLonger'), ...keys('MiscDirection')];

/** The keys of all 121 actions; the challenge's. */
export const ALL_ACTION_KEYS: readonly number[] = ACTIONS.map(({ key }) => key);

/** NLE's 86 useful actions, the default of `NetHack-v0`. */
export const USEFUL_ACTION_KEYS: readonly number[] = [
  ...MOVES,
  ...keys('MiscAction'),
  ...keys('Command', (name) => !FOR_PEOPLE.has(name)).filter((key) => !TEXT_KEYS.includes(key)),
  ...TEXT_KEYS,
];

/** The 23 of the smaller tasks: --More--, moves, stairs, waiting, kicking, eating, searching. */
export const TASK_ACTION_KEYS: readonly number[] = [
  ...keys('MiscAction'),
  ...MOVES,
  ...named('Command', ['KICK', 'EAT', 'SEARCH']),
];

import { MONSTERS, monsterNamed } from './monsters.ts';

/** Never to be eaten: deadly, paralysing, shape-changing, hallucinating, stunning, poisonous or one's own kind's pet. */
const UNSAFE = new Set(
  [
    'acid blob, soldier ant, killer bee, giant beetle, queen bee, quasit, kobold, large kobold, kobold lord',
    'kobold shaman, rabid rat, homunculus, cockatrice, chickatrice, green mold, yellow mold, brown mold, red mold',
    'violet fungus, floating eye, bat, giant bat, vampire bat, centipede, giant spider, scorpion, snake',
    'pit viper, cobra, water moccasin, python, little dog, dog, large dog, kitten, housecat, large cat, gremlin',
    'werejackal, wererat, werewolf, human, elf, human zombie, leprechaun, nurse, doppelganger, chameleon, tengu',
    'gray ooze, brown pudding, black pudding, green slime, small mimic, large mimic, giant mimic, stalker',
    'Medusa, Green-elf, Woodland-elf, Grey-elf, elf-lord, Elvenking, shopkeeper, guard, watchman, watch captain',
    'prisoner, Oracle, aligned priest, high priest, electric eel, jellyfish, vampire, vampire lord, wraith, ghoul',
    'gelatinous cube, disenchanter, xan, nurse, yellow light, black light, gas spore, lizard, newt king',
  ]
    .join(', ')
    .split(', '),
);
const UNSAFE_LETTERS = 'Z M V & L W @ F v y e'.split(' ');

/** Whose kin a hero may be and still come upon as food; elves and humans feed nobody here. */
const KIN: Readonly<Record<string, RegExp>> = { dwarven: /^dwarf/, gnomish: /^gnom/ };
const NOBODY = /^$/;
/** Until it is known who the hero is: the longest of NetHack's first words take two lines, and are gone when the game begins. */
export const ANY_KIN = /^(?:dwarf|gnom)/;

/**
 * Names of the hero's own kind, judging by NetHack's first words: to eat them is cannibalism, which costs luck and a
 * good name for ever. Orcs and cavemen may. Null if these words are not there.
 */
export function kinOf(welcome: string): RegExp | null {
  const found = /welcome to NetHack!\s+You are an? [\w\s]*?(\w+)\s+(\w+)\./.exec(welcome);
  if (found === null) return null;
  const [, race = '', role = ''] = found;
  return /^Cave/.test(role) ? NOBODY : (KIN[race] ?? NOBODY);
}

const LICHEN = monsterNamed('lichen').index;
const LIZARD = monsterNamed('lizard').index;

/** Does a corpse of this monster, at most some 30 turns old, feed a hero of this kin without harm? */
export function isSafeCorpse(monster: number, kin: RegExp): boolean {
  const facts = MONSTERS[monster];
  if (facts === undefined || UNSAFE.has(facts.name) || kin.test(facts.name)) return false;
  return monster === LICHEN || !UNSAFE_LETTERS.includes(facts.letter);
}

/** Corpses that never rot. */
export function neverRots(monster: number): boolean {
  return monster === LICHEN || monster === LIZARD;
}

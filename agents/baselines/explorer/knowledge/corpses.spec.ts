import { describe, expect, it } from '@jest/globals';
import { isSafeCorpse, neverRots } from './corpses.ts';
import { MONSTERS, monsterNamed } from './monsters.ts';

const NOBODY = /^$/;
/** Is it safe in any of the shapes that have this name (were-creatures have two)? Throws if there are none. */
const isSafe = (name: string, kin = NOBODY): boolean =>
  MONSTERS.filter((monster) => monster.name === monsterNamed(name).name).some(({ index }) =>
    isSafeCorpse(index, kin),
  );

/** What NetHack does to whoever eats them, and whom it does that to. */
const HARMFUL: readonly (readonly [harm: string, names: string])[] = [
  [
    'poisons',
    'soldier ant, killer bee, giant beetle, queen bee, quasit, kobold, large kobold, kobold lord, kobold shaman, rabid rat, homunculus, centipede, giant spider, scorpion, snake, pit viper, cobra, water moccasin, vampire bat, xan, jellyfish, gremlin, yellow mold',
  ],
  ['turns to stone or slime', 'cockatrice, chickatrice, Medusa, green slime'],
  ['burns', 'acid blob, green mold, gelatinous cube, gray ooze, brown pudding, black pudding'],
  [
    'changes its shape',
    'werejackal, wererat, werewolf, chameleon, doppelganger, small mimic, large mimic, giant mimic',
  ],
  ['stuns or shows what is not there', 'bat, giant bat, stalker, violet fungus'],
  ['teleports or takes away', 'leprechaun, tengu, disenchanter'],
  ['may have been a pet', 'little dog, dog, large dog, kitten, housecat, large cat'],
  [
    'is cannibalism for most',
    'human, elf, Woodland-elf, Green-elf, Grey-elf, elf-lord, Elvenking, nurse, soldier, sergeant, archeologist, shopkeeper, guard, watchman, watch captain, prisoner, Oracle, aligned priest, high priest',
  ],
  [
    'is old when it falls',
    'kobold zombie, human zombie, ghoul, gnome mummy, vampire, vampire lord, Vlad the Impaler, barrow wight, wraith, lich',
  ],
  [
    'is hardly ever there',
    'gas spore, yellow light, black light, fog cloud, flaming sphere, succubus, horned devil, water demon',
  ],
  ['is worth more in the pack', 'lizard'],
  ['is left by caution alone', 'floating eye, brown mold, red mold, shrieker, python, electric eel'],
];

describe('a corpse that', () => {
  it.each(HARMFUL)('%s is left: %s', (_harm, names) => {
    expect(names.split(', ').filter((name) => isSafe(name))).toEqual([]);
  });

  it('does nothing of that is eaten', () => {
    const safe = [
      'jackal, fox, coyote, newt, sewer rat, giant rat, rock mole, woodchuck, garter snake, gecko, hobbit, dwarf',
      'gnome, gnome lord, hill orc, bugbear, giant ant, fire ant, jaguar, lynx, rothe, pony, wolf, imp, lichen',
      'baby crocodile, crocodile, raven, cave spider, goblin, monkey, ape, owlbear, yeti, white unicorn',
    ]
      .join(', ')
      .split(', ');
    expect(safe.filter((name) => !isSafe(name))).toEqual([]);
  });

  it('is of its own kind is left', () => {
    expect(['dwarf', 'dwarf lord', 'dwarf king'].filter((name) => isSafe(name, /^dwarf/))).toEqual([]);
    expect(isSafe('gnome', /^dwarf/)).toBe(true);
  });

  it('never rots is a lichen or a lizard', () => {
    const lasting = ['lichen', 'lizard', 'newt', 'jackal', 'acid blob', 'brown mold'].filter((name) =>
      neverRots(monsterNamed(name).index),
    );
    expect(lasting).toEqual(['lichen', 'lizard']);
  });
});

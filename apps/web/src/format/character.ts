const ROLES = new Map([
  ['Arc', 'Archeologist'],
  ['Bar', 'Barbarian'],
  ['Cav', 'Caveman'],
  ['Hea', 'Healer'],
  ['Kni', 'Knight'],
  ['Mon', 'Monk'],
  ['Pri', 'Priest'],
  ['Rog', 'Rogue'],
  ['Ran', 'Ranger'],
  ['Sam', 'Samurai'],
  ['Tou', 'Tourist'],
  ['Val', 'Valkyrie'],
  ['Wiz', 'Wizard'],
]);
const RACES = new Map([
  ['Hum', 'human'],
  ['Elf', 'elven'],
  ['Dwa', 'dwarvish'],
  ['Gno', 'gnomish'],
  ['Orc', 'orcish'],
]);
const GENDERS = new Map([
  ['Mal', 'male'],
  ['Fem', 'female'],
]);
const ALIGNMENTS = new Map([
  ['Law', 'lawful'],
  ['Neu', 'neutral'],
  ['Cha', 'chaotic'],
]);

/** The names of roles that tell the gender. */
const FEMALE = new Map([
  ['Cav', 'Cavewoman'],
  ['Pri', 'Priestess'],
  ['Val', 'Valkyrie'],
]);

/**
 * A character in words, as NetHack greets it: `Hea-Gno-Mal-Neu` → `neutral male gnomish Healer`; the gender is left out
 * where the role's name tells it. Anything else comes back as it is.
 */
export function describeCharacter(character: string): string {
  const [role = '', race = '', gender = '', alignment = '', ...rest] = character.split('-');
  const sex = GENDERS.get(gender);
  const female = FEMALE.get(role);
  const name = sex === 'female' && female !== undefined ? female : ROLES.get(role);
  const words = [ALIGNMENTS.get(alignment), sex, RACES.get(race), name];
  if (rest.length > 0 || words.includes(undefined)) return character;
  return (female === undefined ? words : words.toSpliced(1, 1)).join(' ');
}

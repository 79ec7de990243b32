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

/** `Val-Hum-Fem-Law` → `lawful human female Valkyrie`; anything else comes back as it is. */
export function describeCharacter(character: string): string {
  const [role, race, gender, alignment, ...rest] = character.split('-');
  const words = [
    ALIGNMENTS.get(alignment ?? ''),
    RACES.get(race ?? ''),
    GENDERS.get(gender ?? ''),
    ROLES.get(role ?? ''),
  ];
  return rest.length > 0 || words.includes(undefined) ? character : words.join(' ');
}

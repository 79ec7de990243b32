/** Who is played, in xlogfile's letters, e.g. `Val-Hum-Fem-Law`. */

const RACES: Record<string, string> = {
  human: 'Hum',
  elven: 'Elf',
  dwarven: 'Dwa',
  gnomish: 'Gno',
  orcish: 'Orc',
};
const ALIGNMENTS: Record<string, string> = { lawful: 'Law', neutral: 'Neu', chaotic: 'Cha' };
/** Roles whose name tells the gender; Valkyries are women only. */
const GENDERED: Record<string, { role: string; gender: string }> = {
  Valkyrie: { role: 'Val', gender: 'Fem' },
  Priest: { role: 'Pri', gender: 'Mal' },
  Priestess: { role: 'Pri', gender: 'Fem' },
  Caveman: { role: 'Cav', gender: 'Mal' },
  Cavewoman: { role: 'Cav', gender: 'Fem' },
};

/** The longest words take two lines. */
const WELCOME =
  /welcome to NetHack!\s+You are an?\s+(lawful|neutral|chaotic)\s+(?:(male|female)\s+)?(human|elven|dwarven|gnomish|orcish)\s+([A-Z][a-z]+)/;

/** From NetHack's first message, as the only place where a game that is cut off tells it; null from any other. */
export function characterFromWelcome(message: string): string | null {
  const found = WELCOME.exec(message);
  if (!found) return null;
  const [, alignment = '', sex, race = '', roleName = ''] = found;
  const known = GENDERED[roleName];
  const role = known?.role ?? roleName.slice(0, 3);
  const gender = known?.gender ?? (sex === 'female' ? 'Fem' : 'Mal');
  return `${role}-${RACES[race] ?? '?'}-${gender}-${ALIGNMENTS[alignment] ?? '?'}`;
}

/** From the xlogfile's fields, which are exact; those at the start (…0) where helmets and amulets changed them. */
export function characterFromXlogfile(fields: Readonly<Record<string, string>>): string {
  const { role = '?', race = '?', gender = '?', align = '?', gender0 = gender, align0 = align } = fields;
  return `${role}-${race}-${gender0}-${align0}`;
}

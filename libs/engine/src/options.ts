import { EngineError, shown } from './errors.ts';

/** Whether games of the 2021 challenge play with screen_descriptions: the 14 fields that its agents were shown lack it. */
export const CHALLENGE_SCREEN_DESCRIPTIONS = false;

/** NETHACKOPTIONS of the 2021 challenge, without the character's name. */
export const CHALLENGE_OPTIONS =
  'autopickup,color,disclose:+i +a +v +g +c +o,mention_walls,nobones,nocmdassist,nolegacy,nosparkle,' +
  'pickup_burden:unencumbered,pickup_types:$?!/,runmode:teleport,showexp,showscore,time';

/** NetHack's names of what makes up a character, in the order in which it looks for a word among them. */
const NAMES = {
  role: [
    ...[
      'archeologist',
      'barbarian',
      'caveman',
      'cavewoman',
      'healer',
      'knight',
      'monk',
      'priest',
      'priestess',
    ],
    ...['rogue', 'ranger', 'samurai', 'tourist', 'valkyrie', 'wizard'],
  ],
  race: ['human', 'elf', 'dwarf', 'gnome', 'orc'],
  gender: ['male', 'female'],
  align: ['lawful', 'neutral', 'chaotic'],
} as const;

type Part = keyof typeof NAMES;
/** In the order of options texts, which digests of tapes rely on. */
const PARTS: readonly Part[] = ['role', 'race', 'align', 'gender'];
/** In NetHack's order of looking: `m` is a monk and `c` a caveman, `ma` is male and `ch` chaotic. */
const LOOKED_FOR: readonly Part[] = ['role', 'race', 'gender', 'align'];

/** What one word of a character stands for, by NetHack's rule: the first name that begins with it, in any case. */
function meaningOf(word: string): readonly [Part, string] | null {
  const lower = word.toLowerCase();
  for (const part of LOOKED_FOR) {
    const name = NAMES[part].find((each) => each.startsWith(lower));
    if (name !== undefined) return [part, name.slice(0, 3)];
  }
  return lower === '@' || lower === '*' || 'random'.startsWith(lower) ? ['role', 'random'] : null;
}

type Character = Partial<Record<Part, string>>;

/** The words between hyphens as NetHack reads them behind a hero's name; null where one stands for nothing. */
function readCharacter(character: string): Character | null {
  const read: Character = {};
  for (const word of character.split('-').filter((each) => each !== '')) {
    const meaning = meaningOf(word);
    if (meaning === null) return null;
    read[meaning[0]] = meaning[1];
  }
  return read;
}

/** Whether NetHack would understand each of its words; `@`, and the empty text, are characters too. */
export function isCharacter(character: string): boolean {
  return readCharacter(character) !== null;
}

function parseCharacter(character: string): Character {
  const read = readCharacter(character);
  if (read === null) {
    throw new EngineError(
      'bad_character',
      `'${character}' is no character: use a role, race, alignment and gender or some of them, as in mon-hum-neu-mal or val, or @ for a random one`,
    );
  }
  return read;
}

/** Throws EngineError `bad_character` for a text with a word that names no role, race, alignment or gender. */
export function checkCharacter(character: unknown): string {
  const text = shown(character);
  parseCharacter(text);
  return text;
}

/** NetHack takes a name's first letters for the name, from so many on. */
const LEAST_OF_PLAYMODE = 4;

/** The value if this one option is `playmode`, in any of the ways NetHack reads; null otherwise. */
function playmodeOf(option: string): string | null {
  const [, negations = '', name = '', value = null] =
    /^\s*((?:!|no)*)([^:=]*?)\s*(?:[:=](.*?))?\s*$/i.exec(option) ?? [];
  // NetHack passes over a negated playmode; two negations are none
  const isNegated = negations.toLowerCase().replaceAll('no', '!').length % 2 === 1;
  const isPlaymode = name.length >= LEAST_OF_PLAYMODE && 'playmode'.startsWith(name.toLowerCase());
  return isNegated || !isPlaymode ? null : value;
}

/**
 * Whether NetHack plays a game with this options text in debug mode. It reads options from the last to the first, so
 * the first playmode of several holds.
 */
export function playsDebug(options: string): boolean {
  const modes = options.split(',').flatMap((option) => playmodeOf(option) ?? []);
  return /^(?:debug|wizard)/i.test(modes[0] ?? '');
}

/** NetHack keeps so many characters of a name, and reads the character behind the last of them not at all. */
const LONGEST_NAME = 31;

function nameFor(character: string, read: Character): string {
  const name = `Agent-${character}`;
  if (name.length <= LONGEST_NAME) return name;
  return `Agent-${PARTS.flatMap((part) => read[part] ?? []).join('-')}`;
}

/**
 * The whole NETHACKOPTIONS text for a character: the options, then who plays. What the character leaves open, the options may say
 * (NetHack's first of several holds); what neither says, NetHack asks for, and picks at random when it is answered by a space.
 * In debug mode the hero's name becomes "wizard", so the character cannot be read from the name and is given by options.
 */
export function composeOptions(options: string, character: string, debug: boolean): string {
  const read = parseCharacter(character);
  const parts = [options];
  if (debug)
    parts.push(...PARTS.flatMap((part) => (read[part] === undefined ? [] : `${part}:${read[part]}`)));
  parts.push(`name:${nameFor(character, read)}`);
  if (character === '@') parts.push('race:random', 'gender:random', 'align:random');
  if (debug) parts.push('playmode:debug');
  return parts.filter((part) => part !== '').join(',');
}

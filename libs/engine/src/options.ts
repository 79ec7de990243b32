import { EngineError, shown } from './errors.ts';

/** Whether games of the 2021 challenge play with screen_descriptions: the 14 fields that its agents were shown lack it. */
export const CHALLENGE_SCREEN_DESCRIPTIONS = false;

/** NETHACKOPTIONS of the 2021 challenge, without the character's name. */
export const CHALLENGE_OPTIONS =
  'autopickup,color,disclose:+i +a +v +g +c +o,mention_walls,nobones,nocmdassist,nolegacy,nosparkle,' +
  'pickup_burden:unencumbered,pickup_types:$?!/,runmode:teleport,showexp,showscore,time';

const CHARACTER = /^([a-z]{3})-([a-z]{3})-([a-z]{3})-([a-z]{3})$/;

const ROLES = ['arc', 'bar', 'cav', 'hea', 'kni', 'mon', 'pri', 'rog', 'ran', 'sam', 'tou', 'val', 'wiz'];
const RACES = ['hum', 'elf', 'dwa', 'gno', 'orc'];
const ALIGNMENTS = ['law', 'neu', 'cha'];
const GENDERS = ['mal', 'fem'];

interface Character {
  readonly role: string;
  readonly race: string;
  readonly align: string;
  readonly gender: string;
}

/** `role-race-align-gender`, three letters each as in `mon-hum-neu-mal`; NetHack itself mends impossible mixtures. */
function readCharacter(character: string): Character | null {
  const [, role = '', race = '', align = '', gender = ''] = CHARACTER.exec(character) ?? [];
  const known =
    ROLES.includes(role) && RACES.includes(race) && ALIGNMENTS.includes(align) && GENDERS.includes(gender);
  return known ? { role, race, align, gender } : null;
}

/** Whether it is `role-race-align-gender` or `@`. */
export function isCharacter(character: string): boolean {
  return character === '@' || readCharacter(character) !== null;
}

function parseCharacter(character: string): Character {
  const read = readCharacter(character);
  if (read === null) {
    throw new EngineError(
      'bad_character',
      `'${character}' is no character: use role-race-align-gender as in mon-hum-neu-mal, or @ for a random one`,
    );
  }
  return read;
}

/** Throws EngineError `bad_character` for what is neither `role-race-align-gender` nor `@`. */
export function checkCharacter(character: unknown): string {
  if (character === '@') return character;
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

/**
 * The whole NETHACKOPTIONS text for a character: the options, then who plays. In debug mode the hero's name becomes
 * "wizard", so the character cannot be read from the name and is given by options.
 */
export function composeOptions(options: string, character: string, debug: boolean): string {
  const parts = [options];
  if (character === '@') {
    if (debug) parts.push('role:random');
    parts.push('name:Agent-@', 'race:random', 'gender:random', 'align:random');
  } else {
    const { role, race, align, gender } = parseCharacter(character);
    if (debug) parts.push(`role:${role}`, `race:${race}`, `align:${align}`, `gender:${gender}`);
    parts.push(`name:Agent-${character}`);
  }
  if (debug) parts.push('playmode:debug');
  return parts.filter((part) => part !== '').join(',');
}

import { EngineError } from './errors.ts';

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
function parseCharacter(character: string): Character {
  const [, role = '', race = '', align = '', gender = ''] = CHARACTER.exec(character) ?? [];
  const known =
    ROLES.includes(role) && RACES.includes(race) && ALIGNMENTS.includes(align) && GENDERS.includes(gender);
  if (!known) {
    throw new EngineError(
      'bad_character',
      `'${character}' is no character: use role-race-align-gender as in mon-hum-neu-mal, or @ for a random one`,
    );
  }
  return { role, race, align, gender };
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

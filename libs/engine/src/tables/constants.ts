import { FIELDS } from '@arena/nle-wasm';
import type { FieldName } from '@arena/nle-wasm';
import { BLSTATS } from '../status.ts';

/** NLE's names for the places in blstats. */
const BLSTAT_NAMES: Record<keyof typeof BLSTATS, string> = {
  x: 'X',
  y: 'Y',
  strength25: 'STR25',
  strength125: 'STR125',
  dexterity: 'DEX',
  constitution: 'CON',
  intelligence: 'INT',
  wisdom: 'WIS',
  charisma: 'CHA',
  score: 'SCORE',
  hitPoints: 'HP',
  maxHitPoints: 'HPMAX',
  depth: 'DEPTH',
  gold: 'GOLD',
  energy: 'ENE',
  maxEnergy: 'ENEMAX',
  armorClass: 'AC',
  monsterLevel: 'HD',
  experienceLevel: 'XP',
  experiencePoints: 'EXP',
  turns: 'TIME',
  hunger: 'HUNGER',
  capacity: 'CAP',
  dungeonNumber: 'DNUM',
  levelNumber: 'DLEVEL',
  conditions: 'CONDITION',
  alignment: 'ALIGN',
};

function length(field: FieldName, axis: number): number {
  return FIELDS.find(({ name }) => name === field)?.shape[axis] ?? 0;
}

/** The constants of the observation interface, which is this engine's own and not NetHack's: from its layout. */
export function interfaceConstants(): Record<string, number> {
  const places = Object.entries(BLSTATS).map(([name, place]) => [
    `NLE_BL_${BLSTAT_NAMES[name as keyof typeof BLSTATS]}`,
    place,
  ]);
  return {
    ...(Object.fromEntries(places) as Record<string, number>),
    NLE_ALLOW_SEEDING: 1,
    NLE_BLSTATS_SIZE: length('blstats', 0),
    NLE_INTERNAL_SIZE: length('internal', 0),
    NLE_INVENTORY_SIZE: length('inv_strs', 0),
    NLE_INVENTORY_STR_LENGTH: length('inv_strs', 1),
    NLE_MESSAGE_SIZE: length('message', 0),
    NLE_MISC_SIZE: length('misc', 0),
    NLE_PROGRAM_STATE_SIZE: length('program_state', 0),
    NLE_SCREEN_DESCRIPTION_LENGTH: length('screen_descriptions', 2),
    NLE_TERM_CO: length('tty_chars', 1),
    NLE_TERM_LI: length('tty_chars', 0),
  };
}

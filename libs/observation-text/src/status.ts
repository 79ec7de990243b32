import { BLSTATS, inPlay, type Observation } from '@arena/engine';

export type StatusSources = Pick<Observation, 'blstats' | 'program_state'>;

/** By the number of the dungeon, in the order of dungeon.def. */
const DUNGEONS = [
  'the Dungeons of Doom',
  'Gehennom',
  'the Gnomish Mines',
  'the Quest',
  'Sokoban',
  'Fort Ludios',
  "Vlad's Tower",
  'the Elemental Planes',
];
const HUNGER = ['satiated', null, 'hungry', 'weak from hunger', 'fainting from hunger', 'fainted', 'starved'];
const LOAD = [null, 'burdened', 'stressed', 'strained', 'overtaxed', 'overloaded'];
/** By bit, from the lowest: NetHack's BL_MASK_…. */
const CONDITIONS = [
  'turning to stone',
  'turning into slime',
  'being strangled',
  'food poisoned',
  'terminally ill',
  'blind',
  'deaf',
  'stunned',
  'confused',
  'hallucinating',
  'levitating',
  'flying',
  'riding',
];
const ALIGNMENTS = ['chaotic', 'neutral', 'lawful'];

/** Strength as NetHack writes it: 3 … 18, 18/01 … 18/**, 19 … 25. */
function strength(value: number): string {
  if (value <= 18) return String(value);
  if (value < 118) return `18/${String(value - 18).padStart(2, '0')}`;
  return value === 118 ? '18/**' : String(value - 100);
}

/** The status in four lines; the last, what ails or helps, only where there is something. Empty while the game is not in play. */
export function statusText(observation: StatusSources): string {
  if (!inPlay(observation)) return '';
  const { blstats } = observation;
  const at = (name: keyof typeof BLSTATS): number => blstats[BLSTATS[name]] ?? 0;
  const experience =
    at('monsterLevel') > 0
      ? `polymorphed into a monster of level ${at('monsterLevel')}`
      : `experience level ${at('experienceLevel')} (${at('experiencePoints')} points)`;
  const lines = [
    `HP ${at('hitPoints')}(${at('maxHitPoints')}), energy ${at('energy')}(${at('maxEnergy')}), armor class ${at('armorClass')}, ${experience}`,
    `strength ${strength(at('strength125'))}, dexterity ${at('dexterity')}, constitution ${at('constitution')}, intelligence ${at('intelligence')}, wisdom ${at('wisdom')}, charisma ${at('charisma')}, ${ALIGNMENTS[at('alignment') + 1] ?? 'unaligned'}`,
    `${place(at('dungeonNumber'), at('levelNumber'), at('depth'))}, turn ${at('turns')}, gold ${at('gold')}, score ${at('score')}`,
  ];
  const ails = [
    HUNGER[at('hunger')],
    LOAD[at('capacity')],
    ...CONDITIONS.filter((_, bit) => (at('conditions') & (1 << bit)) !== 0),
  ].filter((word) => typeof word === 'string');
  return [...lines, ...(ails.length > 0 ? [ails.join(', ')] : [])].join('\n');
}

function place(dungeon: number, level: number, depth: number): string {
  return `level ${level} of ${DUNGEONS[dungeon] ?? 'a dungeon'} (depth ${depth})`;
}

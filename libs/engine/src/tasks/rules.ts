import type { Observation } from '@arena/nle-wasm';
import { BLSTATS, INTERNAL } from '../status.ts';
import type { RuleContext, TaskRules, TaskStep } from './definition.ts';
import { STEP_STATUS } from './definition.ts';

const MAP_ROWS = 21;
const MAP_COLUMNS = 79;

function rise({ before, after }: TaskStep, index: number): number {
  return (after.blstats[index] ?? 0) - (before.blstats[index] ?? 0);
}

/** Change of the status line's score; 0 when the game is not in play. */
export function scoreDelta(step: TaskStep): number {
  return step.inPlay ? rise(step, BLSTATS.score) : 0;
}

export function scoreRules({ penalty }: RuleContext): TaskRules {
  return { reward: (step) => scoreDelta(step) + penalty.of(step) };
}

/** 1 for the success, 0 before it, plus the penalty. */
function goalRules({ penalty }: RuleContext, isSuccess: NonNullable<TaskRules['isSuccess']>): TaskRules {
  return {
    reward: (step) => (step.status === STEP_STATUS.successful ? 1 : 0) + penalty.of(step),
    isSuccess,
  };
}

/** True if any glyph in the 3×3 cells around the hero is one looked for. */
function isAround({ glyphs, blstats }: Observation, wanted: (glyph: number) => boolean): boolean {
  const x = blstats[BLSTATS.x] ?? 0;
  const y = blstats[BLSTATS.y] ?? 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(MAP_ROWS - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(MAP_COLUMNS - 1, x + 1); column += 1)
      if (wanted(glyphs[row * MAP_COLUMNS + column] ?? 0)) return true;
  }
  return false;
}

function onStairsDown({ internal }: Observation): boolean {
  return internal[INTERNAL.onStairsDown] !== 0;
}

export function staircaseRules(context: RuleContext): TaskRules {
  return goalRules(context, onStairsDown);
}

export function staircasePetRules(context: RuleContext): TaskRules {
  const { glyphs } = context.tables;
  return goalRules(
    context,
    (observation) => onStairsDown(observation) && isAround(observation, (glyph) => glyphs.is('pet', glyph)),
  );
}

export function oracleRules(context: RuleContext): TaskRules {
  const { monsters, constants } = context.tables;
  const oracle = (constants['GLYPH_MON_OFF'] ?? 0) + monsters.findIndex(({ mname }) => mname === 'Oracle');
  return goalRules(context, (observation) => isAround(observation, (glyph) => glyph === oracle));
}

export function goldRules({ penalty }: RuleContext): TaskRules {
  return { reward: (step) => (step.inPlay ? rise(step, BLSTATS.gold) : 0) + penalty.of(step) };
}

export function eatRules({ penalty }: RuleContext): TaskRules {
  return {
    reward: (step) => {
      const { before, after } = step;
      const eaten = (after.internal[INTERNAL.nutrition] ?? 0) - (before.internal[INTERNAL.nutrition] ?? 0);
      return Math.max(0, eaten) + penalty.of(step);
    },
  };
}

/** Counts, level by level, the cells of the map that show something. */
export function scoutRules({ penalty, tables }: RuleContext): TaskRules {
  const stone = tables.constants['GLYPH_CMAP_OFF'];
  const seen = new Map<string, number>();
  return {
    reward: (step) => {
      const cost = penalty.of(step);
      if (!step.inPlay) return 0;
      const { glyphs, blstats } = step.after;
      const level = `${String(blstats[BLSTATS.dungeonNumber])}.${String(blstats[BLSTATS.levelNumber])}`;
      const shown = glyphs.reduce((count, glyph) => (glyph === stone ? count : count + 1), 0);
      const fresh = shown - (seen.get(level) ?? 0);
      seen.set(level, shown);
      return fresh + cost;
    },
  };
}

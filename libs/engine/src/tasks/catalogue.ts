import type { FieldName } from '@arena/nle-wasm';
import { ALL_ACTION_KEYS, TASK_ACTION_KEYS, USEFUL_ACTION_KEYS } from '../action-sets.ts';
import { CHALLENGE_OPTIONS } from '../options.ts';
import type { TaskDefinition } from './definition.ts';
import * as rules from './rules.ts';

/** NLE's default fields, in its order. */
const FIELDS: readonly FieldName[] = [
  'glyphs',
  'chars',
  'colors',
  'specials',
  'blstats',
  'message',
  'inv_glyphs',
  'inv_strs',
  'inv_letters',
  'inv_oclasses',
  'screen_descriptions',
  'tty_chars',
  'tty_colors',
  'tty_cursor',
];

/** The challenge's: prompts reach its agents, and misc tells of them. */
const CHALLENGE_FIELDS: readonly FieldName[] = [
  ...FIELDS.filter((name) => name !== 'screen_descriptions'),
  'misc',
];

const SMALL_TASK = {
  actions: TASK_ACTION_KEYS,
  character: 'mon-hum-neu-mal',
  maxEpisodeSteps: 5000,
  options: CHALLENGE_OPTIONS,
  fields: FIELDS,
  hasPenalty: true,
} as const;

/** The base environment and the eight tasks, as NLE names and rewards them. */
export const NLE_TASKS: readonly TaskDefinition[] = [
  {
    ...SMALL_TASK,
    id: 'NetHack-v0',
    actions: USEFUL_ACTION_KEYS,
    hasPenalty: false,
    begin: () => ({ reward: rules.scoreDelta }),
  },
  { ...SMALL_TASK, id: 'NetHackScore-v0', begin: rules.scoreRules },
  { ...SMALL_TASK, id: 'NetHackStaircase-v0', begin: rules.staircaseRules },
  { ...SMALL_TASK, id: 'NetHackStaircasePet-v0', begin: rules.staircasePetRules },
  { ...SMALL_TASK, id: 'NetHackOracle-v0', begin: rules.oracleRules },
  {
    ...SMALL_TASK,
    id: 'NetHackGold-v0',
    options: CHALLENGE_OPTIONS.replace(/pickup_types:[^,]*/, 'pickup_types:$$'),
    begin: rules.goldRules,
  },
  { ...SMALL_TASK, id: 'NetHackEat-v0', begin: rules.eatRules },
  { ...SMALL_TASK, id: 'NetHackScout-v0', begin: rules.scoutRules },
  {
    id: 'NetHackChallenge-v0',
    actions: ALL_ACTION_KEYS,
    character: '@',
    maxEpisodeSteps: 1_000_000,
    noProgressSteps: 10_000,
    options: CHALLENGE_OPTIONS,
    fields: CHALLENGE_FIELDS,
    allModes: true,
    hasPenalty: false,
    hidesSeeds: true,
    begin: () => ({ reward: rules.scoreDelta }),
  },
];

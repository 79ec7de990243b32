import type { FieldName } from '@arena/nle-wasm';
import { EngineError } from '../errors.ts';
import { checkCharacter } from '../options.ts';
import type { GameSettings } from '../settings.ts';
import type { TaskDefinition } from './definition.ts';
import { DEFAULT_PENALTY, PENALTY_MODES, type PenaltyOptions } from './penalty.ts';

export type Seeds = GameSettings['seeds'];

/** What may be changed about a task; the defaults are the task's own. */
export interface TaskOptions {
  /** A role, race, alignment and gender or some of them, as in mon-hum-neu-mal or val; `@`: random. */
  readonly character?: string;
  readonly maxEpisodeSteps?: number;
  /** Actions in a row without game time that end the episode; 0: any number. */
  readonly noProgressSteps?: number;
  /** Key bytes; an action is an index into them. */
  readonly actions?: readonly number[];
  /** Fields to show, in this order (NLE's observation_keys). */
  readonly fields?: readonly FieldName[];
  /** NETHACKOPTIONS without the character. */
  readonly options?: string;
  /** Debug mode (NLE's wizard). */
  readonly debug?: boolean;
  readonly spawnMonsters?: boolean;
  /** As {@link GameSettings}; default: whether `fields` has screen_descriptions, as in NLE. */
  readonly screenDescriptions?: boolean;
  /** The game's clock, seconds since 1970. */
  readonly clock?: number;
  /** All yes/no questions reach the agent, not only those about eating, attacking, praying and directions. */
  readonly allowAllYnQuestions?: boolean;
  /** --More--, text input and all questions reach the agent. */
  readonly allowAllModes?: boolean;
  readonly penaltyMode?: PenaltyOptions['mode'];
  readonly penaltyStep?: number;
  readonly penaltyTime?: number;
  /** Seeds of the episodes that are reset without any; default: drawn at random. The host's part, never an agent's. */
  readonly nextSeeds?: () => Seeds;
}

/** All options of a task, checked and filled in. */
export interface ResolvedTask {
  readonly definition: TaskDefinition;
  readonly game: Omit<GameSettings, 'seeds' | 'options' | 'fields'>;
  readonly nethackOptions: string;
  readonly fields: readonly FieldName[];
  readonly actions: readonly number[];
  readonly maxEpisodeSteps: number;
  readonly noProgressSteps: number;
  readonly allModes: boolean;
  readonly allQuestions: boolean;
  readonly penalty: PenaltyOptions;
  readonly nextSeeds: () => Seeds;
}

/** Every name of {@link TaskOptions}: the compiler holds the two to each other. */
const NAMES: Record<keyof TaskOptions, true> = {
  character: true,
  maxEpisodeSteps: true,
  noProgressSteps: true,
  actions: true,
  fields: true,
  options: true,
  debug: true,
  spawnMonsters: true,
  screenDescriptions: true,
  clock: true,
  allowAllYnQuestions: true,
  allowAllModes: true,
  penaltyMode: true,
  penaltyStep: true,
  penaltyTime: true,
  nextSeeds: true,
};

function randomSeeds(): Seeds {
  // 62 bits, as NLE's own seeds
  const [core = 0n, disp = 0n] = crypto.getRandomValues(new BigUint64Array(2));
  return { core: core >> 2n, disp: disp >> 2n };
}

function check(id: string, isRight: boolean, message: string): void {
  if (!isRight) throw new EngineError('bad_task', `${id}: ${message}`);
}

function checkOptions({ id, hasPenalty }: TaskDefinition, options: TaskOptions): void {
  for (const name of Object.keys(options)) {
    check(id, name in NAMES, `there is no option '${name}'; there are ${Object.keys(NAMES).join(', ')}`);
    check(id, hasPenalty || !name.startsWith('penalty'), `its reward has no penalty; leave out ${name}`);
  }
  const { maxEpisodeSteps, noProgressSteps, actions, penaltyMode, penaltyStep, penaltyTime } = options;
  const isCount = (value: number | undefined, least: number): boolean =>
    value === undefined || (Number.isSafeInteger(value) && value >= least);
  check(id, isCount(maxEpisodeSteps, 1), 'maxEpisodeSteps must be a whole number from 1 on');
  check(id, isCount(noProgressSteps, 0), 'noProgressSteps must be a whole number from 0 on (0: no limit)');
  const areKeys = actions?.every((key) => Number.isInteger(key) && key >= 0 && key <= 255);
  check(
    id,
    actions === undefined || (actions.length > 0 && areKeys === true),
    'actions must be key bytes, 0-255',
  );
  check(
    id,
    penaltyMode === undefined || PENALTY_MODES.includes(penaltyMode),
    `penaltyMode is one of ${PENALTY_MODES.join(', ')}`,
  );
  check(
    id,
    [penaltyStep, penaltyTime].every((value) => value === undefined || Number.isFinite(value)),
    'penalties must be finite numbers',
  );
}

/** Throws EngineError `bad_task` or `bad_character`. What else concerns the game itself is checked when one starts. */
export function resolveTask(definition: TaskDefinition, options: TaskOptions): ResolvedTask {
  checkOptions(definition, options);
  const { debug, spawnMonsters, clock, fields = definition.fields } = options;
  return {
    definition,
    game: {
      character: checkCharacter(options.character ?? definition.character),
      ...(debug === undefined ? {} : { debug }),
      ...(spawnMonsters === undefined ? {} : { spawnMonsters }),
      screenDescriptions: options.screenDescriptions ?? fields.includes('screen_descriptions'),
      ...(clock === undefined ? {} : { clock }),
    },
    nethackOptions: options.options ?? definition.options,
    fields,
    actions: options.actions ?? definition.actions,
    maxEpisodeSteps: options.maxEpisodeSteps ?? definition.maxEpisodeSteps,
    noProgressSteps: options.noProgressSteps ?? definition.noProgressSteps ?? 0,
    allModes: options.allowAllModes ?? definition.allModes ?? false,
    allQuestions: options.allowAllYnQuestions ?? false,
    penalty: {
      mode: options.penaltyMode ?? DEFAULT_PENALTY.mode,
      step: options.penaltyStep ?? DEFAULT_PENALTY.step,
      time: options.penaltyTime ?? DEFAULT_PENALTY.time,
    },
    nextSeeds: options.nextSeeds ?? randomSeeds,
  };
}

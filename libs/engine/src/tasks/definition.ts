import type { FieldName, Observation } from '@arena/nle-wasm';
import type { Tables } from '../tables/tables.ts';
import type { Penalty } from './penalty.ts';

/** How an episode stands after a step; the numbers are NLE's. */
export const STEP_STATUS = { aborted: -1, running: 0, ended: 1, successful: 2 } as const;
export type StepStatus = (typeof STEP_STATUS)[keyof typeof STEP_STATUS];

/** What a reward is made of. */
export interface TaskStep {
  /** blstats and internal before the action: copies, int32[27] and int32[9]. */
  readonly before: { readonly blstats: Int32Array; readonly internal: Int32Array };
  /** After the action and the keys that leave its prompts: live views. */
  readonly after: Observation;
  /** False before the first turn and once the game is over: then the status line says nothing. */
  readonly inPlay: boolean;
  readonly status: StepStatus;
}

/** The rules of one episode; made anew at each reset, so they may count. */
export interface TaskRules {
  reward(step: TaskStep): number;
  /** True ends the episode as successful. */
  isSuccess?(observation: Observation): boolean;
}

export interface RuleContext {
  readonly penalty: Penalty;
  /** The engine's reference tables. */
  readonly tables: Tables;
}

/** A task: how its games are made, and the rules that reward and end them. */
export interface TaskDefinition {
  /** As in `make(id, …)`: a name and a version, `NetHackScore-v0`. */
  readonly id: string;
  /** Key bytes; an action is an index into them. */
  readonly actions: readonly number[];
  readonly character: string;
  readonly maxEpisodeSteps: number;
  /** Actions in a row without game time that end the episode; absent: any number. */
  readonly noProgressSteps?: number;
  /** NETHACKOPTIONS without the character. */
  readonly options: string;
  /** Fields shown unless told otherwise. */
  readonly fields: readonly FieldName[];
  /** --More--, questions and text input reach the agent. */
  readonly allModes?: boolean;
  /** Whether penalty options mean anything here. */
  readonly hasPenalty: boolean;
  /** Seeds are the host's business: an agent may neither set nor read them. */
  readonly hidesSeeds?: boolean;
  begin(context: RuleContext): TaskRules;
}

/** Tasks with observation, reward and end, as NLE has them. */
export {
  STEP_STATUS,
  type RuleContext,
  type StepStatus,
  type TaskDefinition,
  type TaskRules,
  type TaskStep,
} from './definition.ts';
export {
  type ResetResult,
  type StepResult,
  type TaskEnvironment,
  type TaskObservation,
} from './environment.ts';
export { type Seeds, type TaskOptions } from './options.ts';
export { PENALTY_MODES, type Penalty, type PenaltyOptions } from './penalty.ts';
export { make, registerTask, taskIds } from './registry.ts';

import type { FieldName } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import type { Engine } from '../engine.ts';
import { bytesOf } from '../game.ts';
import type { StepResult, TaskEnvironment, TaskObservation } from '../tasks/environment.ts';
import { make } from '../tasks/registry.ts';
import type { Crc32 } from './digest.ts';
import { NoGoldenGame } from './parse.ts';
import type { Verdict } from './player.ts';
import type { GoldenTask } from './task-file.ts';

function fieldsOf({ id, observationKeys }: GoldenTask): FieldName[] {
  return observationKeys.map((key) => {
    const field = FIELDS.find(({ name }) => name === key);
    if (field === undefined) throw new NoGoldenGame(`${id}: there is no field '${key}'`);
    return field.name;
  });
}

function crcOf(observation: TaskObservation, fields: readonly FieldName[], crc32: Crc32): number {
  return fields.reduce((crc, name) => {
    const view = observation[name];
    return view === undefined ? crc : crc32(bytesOf(view), crc);
  }, 0);
}

const rounded = (reward: number): number => Math.round(reward * 1e6) / 1e6;

function begin(engine: Engine, golden: GoldenTask, fields: readonly FieldName[]): TaskEnvironment {
  return make(golden.task, engine, {
    character: golden.character,
    maxEpisodeSteps: golden.maxEpisodeSteps,
    clock: golden.clock,
    fields,
    actions: golden.actionKeys,
    nextSeeds: () => ({ core: BigInt(golden.core), disp: BigInt(golden.disp) }),
  });
}

/** How the episode stands after the last recorded action. */
function endVerdict(golden: GoldenTask, last: StepResult | null): Verdict {
  const done = last !== null && (last.terminated || last.truncated);
  const status = done ? last.info.end_status : null;
  const ascended = last?.info.is_ascended ?? false;
  if (done === golden.done && status === golden.endStatus && ascended === golden.isAscended) return null;
  return {
    observation: golden.actions.length,
    fields: [],
    message: `the end is ${String(status)}, recorded is ${String(golden.endStatus)}`,
  };
}

/** Plays a recorded episode again; null when every observation, reward and the end are the recorded ones. */
export function playGoldenTask(engine: Engine, golden: GoldenTask, crc32: Crc32): Verdict {
  const fields = fieldsOf(golden);
  const environment = begin(engine, golden, fields);
  const differs = (observation: number, message: string): Verdict => {
    environment.close();
    return { observation, fields: [], message };
  };
  const first = environment.reset().observation;
  if (crcOf(first, fields, crc32) !== golden.obsCrc[0])
    return differs(0, 'observation 0 (the reset’s) differs');
  let last: StepResult | null = null;
  for (const [index, action] of golden.actions.entries()) {
    const step = index + 1;
    if (last !== null && (last.terminated || last.truncated))
      return differs(index, `the episode ended after ${String(index)} steps, recorded are more`);
    last = environment.step(action);
    if (rounded(last.reward) !== golden.rewards[index])
      return differs(
        step,
        `reward of step ${String(step)} is ${String(rounded(last.reward))}, recorded is ${String(golden.rewards[index])}`,
      );
    if (step < golden.obsCrc.length && crcOf(last.observation, fields, crc32) !== golden.obsCrc[step])
      return differs(step, `observation ${String(step)} differs`);
  }
  environment.close();
  return endVerdict(golden, last);
}

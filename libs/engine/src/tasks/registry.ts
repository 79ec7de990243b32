import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { NLE_TASKS } from './catalogue.ts';
import type { TaskDefinition } from './definition.ts';
import { TaskEnvironment } from './environment.ts';
import { resolveTask, type TaskOptions } from './options.ts';

const registered = new Map<string, TaskDefinition>(NLE_TASKS.map((task) => [task.id, task]));

/** Ids of all tasks there are, the registered ones last. */
export function taskIds(): string[] {
  return [...registered.keys()];
}

/**
 * Adds a task for `make`. A changed task is another version: throws EngineError `bad_task` for an id that exists or is
 * no name with a version, as in `MyTask-v0`.
 */
export function registerTask(definition: TaskDefinition): void {
  const { id } = definition;
  if (!/^[A-Za-z][\w.]*-v\d+$/.test(id))
    throw new EngineError('bad_task', `'${id}' is no task id; write a name and a version as in MyTask-v0`);
  if (registered.has(id))
    throw new EngineError('bad_task', `there is a task ${id} already; a changed task needs another version`);
  registered.set(id, definition);
}

/** An environment for a task, to be `reset` first. Throws EngineError `bad_task` for an unknown id or option. */
export function make(id: string, engine: Engine, options: TaskOptions = {}): TaskEnvironment {
  const definition = registered.get(id);
  if (definition === undefined)
    throw new EngineError('bad_task', `there is no task '${id}'; there are ${taskIds().join(', ')}`);
  return new TaskEnvironment(engine, resolveTask(definition, options));
}

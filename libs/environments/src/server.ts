import { EngineError, make, type Engine, type TaskOptions } from '@arena/engine';
import { problemsOf, unfit, type FieldName } from '@arena/protocol';
import { callSchema, optionOf, type Call, type TaskCallOptions } from './calls.ts';
import { GameSlot } from './game-slot.ts';
import { Group } from './group.ts';
import { shownFields } from './slot.ts';
import { TaskSlot } from './task-slot.ts';
import { FRAME_OF_CLIENT, FRAME_OF_SERVER, STEP_ENTRY_BYTES, STEP_HEADER_BYTES } from './wire.ts';

/** A frame's type, and its payload in parts that are good until the next request. */
export interface Reply {
  readonly type: number;
  readonly parts: readonly Uint8Array[];
}

const utf8 = new TextEncoder();
const json = (type: number, value: unknown): Reply => ({ type, parts: [utf8.encode(JSON.stringify(value))] });

/** Plays what its one client asks for; a request that cannot be met is refused and changes nothing else. */
export class Server {
  readonly #engine: Engine;
  readonly #note: (line: string) => void;
  readonly #groups = new Map<number, Group>();
  #nextGroup = 0;

  /** `note`: takes what those need who mend a fault of ours. */
  constructor(engine: Engine, note: (line: string) => void = () => undefined) {
    this.#engine = engine;
    this.#note = note;
  }

  /** What a client is told first. */
  hello(): Reply {
    return json(FRAME_OF_SERVER.reply, { platform: 'local', engine: this.#engine.id });
  }

  /** For a frame that was not kept. */
  tooLong(length: number, most: number): Reply {
    return refusal('bad_task', `the request has ${length} bytes; at most ${most} are read`);
  }

  answer(type: number, payload: Uint8Array): Reply {
    try {
      if (type === FRAME_OF_CLIENT.step) return this.#step(payload);
      if (type === FRAME_OF_CLIENT.call) return this.#call(payload);
      throw new EngineError('bad_task', `frames of type ${type} are not known`);
    } catch (error) {
      // Whatever it is, it is this request's alone: the other environments of this process go on.
      return error instanceof EngineError ? refusal(error.code, error.message) : this.#fault(error);
    }
  }

  /** A fault of ours. What it happened to is told; a stack for those who mend it goes to standard error. */
  #fault(error: unknown): Reply {
    this.#note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const words = error instanceof Error ? error.message : String(error);
    return refusal(
      'internal',
      `the engine's server failed at this request (${words}). It is not your fault; other environments go on. Please report it with the lines above.`,
    );
  }

  #step(payload: Uint8Array): Reply {
    const entries = (payload.length - STEP_HEADER_BYTES) / STEP_ENTRY_BYTES;
    if (!Number.isInteger(entries) || entries < 0)
      throw new EngineError('bad_task', `a step of ${payload.length} bytes is no list of actions`);
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const count = view.getUint32(4, true);
    if (count !== entries)
      throw new EngineError('bad_task', `a step says it has ${count} actions and has ${entries}`);
    const group = this.#group(view.getUint32(0, true));
    const at = (i: number): number => STEP_HEADER_BYTES + STEP_ENTRY_BYTES * i;
    const parts = group.step(
      count,
      (i) => view.getUint16(at(i), true),
      (i) => view.getInt32(at(i) + 4, true),
    );
    return { type: FRAME_OF_SERVER.observed, parts };
  }

  #call(payload: Uint8Array): Reply {
    const asked = valueOf(payload);
    const parsed = callSchema.safeParse(asked);
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, asked, optionOf(asked));
      throw new EngineError(
        'bad_task',
        problems
          .map(({ field, message }) => (field === '' ? `the call: ${message}` : `${field}: ${message}`))
          .join('; '),
      );
    }
    const call = parsed.data;
    switch (call.call) {
      case 'make':
        return this.#make(call);
      case 'game':
        return this.#add(
          [new GameSlot(this.#engine, { ...call, ...shownFields(call.fields, call.screenDescriptions) })],
          call.fields,
        );
      case 'reset': {
        const parts = this.#group(call.group).reset(call.slot, call.seeds);
        return { type: FRAME_OF_SERVER.observed, parts };
      }
      case 'reseed':
        this.#group(call.group).slot(call.slot).reseed(call);
        return json(FRAME_OF_SERVER.reply, {});
      case 'press': {
        const parts = this.#group(call.group).press(call.slot, call.key);
        return { type: FRAME_OF_SERVER.observed, parts };
      }
      case 'result':
        return this.#result(call.group, call.slot);
      case 'close':
        this.#group(call.group).close();
        this.#groups.delete(call.group);
        return json(FRAME_OF_SERVER.reply, {});
    }
  }

  #make({ task, games, options: { fields, ...options } }: Extract<Call, { call: 'make' }>): Reply {
    const given = { ...present(options), ...shownFields(fields, options.screenDescriptions) };
    // Said before any group is there: an unknown task, an option that it does not have.
    make(task, this.#engine, given);
    const slots = Array.from({ length: games }, () => new TaskSlot(this.#engine, task, given));
    return this.#add(slots, fields);
  }

  #add(slots: readonly (TaskSlot | GameSlot)[], fields: readonly FieldName[]): Reply {
    const id = this.#nextGroup;
    const group = new Group(this.#engine, id, slots, fields);
    this.#nextGroup += 1;
    this.#groups.set(id, group);
    return json(FRAME_OF_SERVER.reply, group.describe());
  }

  #result(group: number, index: number): Reply {
    const slot = this.#group(group).slot(index);
    const { seeds, end, keys } = slot;
    return json(FRAME_OF_SERVER.reply, {
      seeds: seeds && {
        core: String(seeds.core),
        disp: String(seeds.disp),
        lgen: seeds.lgen === undefined ? null : String(seeds.lgen),
        reseed: seeds.reseed ?? false,
      },
      how: end?.how ?? null,
      xlogfile: end?.xlogfile ?? null,
      keys: keys && Buffer.from(keys).toString('base64'),
    });
  }

  #group(id: number): Group {
    const group = this.#groups.get(id);
    if (group !== undefined) return group;
    throw new EngineError('game_over', 'this environment was closed');
  }
}

const refusal = (code: string, message: string): Reply => json(FRAME_OF_SERVER.refusal, { code, message });

/** JSON of a client, which in Python may be what JSON does not know: NaN and Infinity. Throws EngineError `bad_task`. */
function valueOf(payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const odd = /-?\b(?:NaN|Infinity)\b/.exec(text)?.[0];
    const why = odd === undefined ? 'it is no JSON' : `${odd} is no number that an option can have`;
    throw new EngineError('bad_task', `the call cannot be read: ${why}`, { cause });
  }
  const found = unfit(value);
  if (found !== null)
    throw new EngineError('bad_task', `${found.path.join('.') || 'the call'}: ${found.problem}`);
  return value;
}

/** Options without those that were not given. */
function present(options: Omit<TaskCallOptions, 'fields'>): TaskOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

import { EngineError, make, type Engine, type TaskOptions } from '@arena/engine';
import type { FieldName } from '@arena/protocol';
import { callSchema, type Call, type TaskCallOptions } from './calls.ts';
import { GameSlot } from './game-slot.ts';
import { Group } from './group.ts';
import { engineFields } from './slot.ts';
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
  readonly #groups = new Map<number, Group>();
  #nextGroup = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** What a client is told first. */
  hello(): Reply {
    return json(FRAME_OF_SERVER.reply, { platform: 'local', engine: this.#engine.id });
  }

  answer(type: number, payload: Uint8Array): Reply {
    try {
      if (type === FRAME_OF_CLIENT.step) return this.#step(payload);
      if (type === FRAME_OF_CLIENT.call) return this.#call(payload);
      throw new EngineError('bad_task', `frames of type ${type} are not known`);
    } catch (error) {
      if (error instanceof EngineError)
        return json(FRAME_OF_SERVER.refusal, { code: error.code, message: error.message });
      throw error;
    }
  }

  #step(payload: Uint8Array): Reply {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const group = this.#group(view.getUint32(0, true));
    const at = (i: number): number => STEP_HEADER_BYTES + STEP_ENTRY_BYTES * i;
    const parts = group.step(
      view.getUint32(4, true),
      (i) => view.getUint16(at(i), true),
      (i) => view.getInt32(at(i) + 4, true),
    );
    return { type: FRAME_OF_SERVER.observed, parts };
  }

  #call(payload: Uint8Array): Reply {
    const parsed = callSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new EngineError(
        'bad_task',
        `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no such call'}`,
      );
    }
    const call = parsed.data;
    switch (call.call) {
      case 'make':
        return this.#make(call);
      case 'game':
        return this.#add(
          [new GameSlot(this.#engine, { ...call, fields: engineFields(call.fields) })],
          call.fields,
          false,
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

  #make({ task, games, autoReset, options: { fields, ...options } }: Extract<Call, { call: 'make' }>): Reply {
    const given = { ...present(options), fields: engineFields(fields) };
    // Said before any group is there: an unknown task, an option that it does not have.
    make(task, this.#engine, given);
    const slots = Array.from({ length: games }, () => new TaskSlot(this.#engine, task, given));
    return this.#add(slots, fields, autoReset);
  }

  #add(slots: readonly (TaskSlot | GameSlot)[], fields: readonly FieldName[], autoReset: boolean): Reply {
    const id = this.#nextGroup;
    const group = new Group(this.#engine, id, slots, fields, autoReset);
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

/** Options without those that were not given. */
function present(options: Omit<TaskCallOptions, 'fields'>): TaskOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

import { EngineError, FIELDS, type Engine } from '@arena/engine';
import { TEXT_FIELDS } from '@arena/observation-text';
import {
  BLOCK_BYTES,
  ChangesFrame,
  FRAME_HEADER_BYTES,
  layOut,
  padded,
  type FieldName,
  type RecordLayout,
} from '@arena/protocol';
import { STILL_RUNNING, Sources, type Outcome, type Seeds, type Slot } from './slot.ts';
import { OBSERVED_HEADER_BYTES, RESULT_BYTES, RESULT_FLAG } from './wire.ts';

/** Games that share a layout and an image; all or some are stepped by one frame. */
export class Group {
  readonly #id: number;
  readonly #slots: readonly Slot[];
  readonly #sources: readonly Sources[];
  readonly #episodes: Uint32Array;
  readonly #layout: RecordLayout;
  readonly #frame: ChangesFrame;
  readonly #head: Buffer;

  constructor(engine: Engine, id: number, slots: readonly Slot[], fields: readonly FieldName[]) {
    this.#id = id;
    this.#slots = slots;
    this.#sources = slots.map(() => new Sources(fields, engine));
    this.#episodes = new Uint32Array(slots.length);
    this.#layout = layOut(
      fields.map((name) => {
        const spec = [...FIELDS, ...TEXT_FIELDS].find((field) => field.name === name);
        if (spec === undefined) throw new EngineError('unknown_field', `there is no field '${name}'`);
        return spec;
      }),
    );
    this.#frame = new ChangesFrame(this.#layout, slots.length);
    this.#head = Buffer.alloc(OBSERVED_HEADER_BYTES + RESULT_BYTES * slots.length);
  }

  /** What a client must know to read this group's frames. */
  describe(): Record<string, unknown> {
    const { recordBytes, fields } = this.#layout;
    return {
      group: this.#id,
      games: this.#slots.length,
      recordBytes,
      strideBytes: padded(recordBytes, BLOCK_BYTES),
      fields,
      actions: this.#slots[0]?.actions ?? null,
    };
  }

  /** Throws EngineError `bad_key` for a place that is not there. */
  slot(index: number): Slot {
    const slot = this.#slots[index];
    if (slot !== undefined) return slot;
    throw new EngineError('bad_key', `there is no game ${index} in a group of ${this.#slots.length}`);
  }

  /** Begins episodes in one slot or all. */
  reset(index: number | undefined, seeds: Seeds | undefined): Uint8Array[] {
    const wanted = index === undefined ? [...this.#slots.keys()] : [index];
    this.#begin(wanted.length);
    for (const each of wanted) {
      this.#start(each, seeds);
      this.#show(each, STILL_RUNNING, true);
    }
    return this.#end();
  }

  press(index: number, key: number): Uint8Array[] {
    this.#begin(1);
    this.#show(index, this.slot(index).press(key), false);
    return this.#end();
  }

  /** `count` actions; the i-th is `actionOf(i)` for the slot `slotOf(i)`. */
  step(count: number, slotOf: (i: number) => number, actionOf: (i: number) => number): Uint8Array[] {
    this.#begin(count);
    for (let i = 0; i < count; i++) {
      const index = slotOf(i);
      this.#show(index, this.slot(index).step(actionOf(i)), false);
    }
    return this.#end();
  }

  close(): void {
    for (const slot of this.#slots) slot.close();
  }

  #start(index: number, seeds: Seeds | undefined): void {
    this.slot(index).reset(seeds);
    this.#episodes[index] = (this.#episodes[index] ?? 0) + 1;
  }

  #shown = 0;

  #begin(count: number): void {
    if (count > this.#slots.length)
      throw new EngineError('bad_key', `${count} actions for ${this.#slots.length} games`);
    this.#shown = 0;
    this.#frame.begin(0);
    this.#head.writeUInt32LE(this.#id, 0);
    this.#head.writeUInt32LE(count, 4);
  }

  #show(
    index: number,
    { reward, terminated, truncated, endStatus, ascended }: Outcome,
    fresh: boolean,
  ): void {
    const slot = this.slot(index);
    const at = OBSERVED_HEADER_BYTES + RESULT_BYTES * this.#shown;
    this.#shown += 1;
    const flags =
      (terminated ? RESULT_FLAG.terminated : 0) |
      (truncated ? RESULT_FLAG.truncated : 0) |
      (ascended ? RESULT_FLAG.ascended : 0) |
      (fresh ? RESULT_FLAG.fresh : 0);
    this.#head.writeDoubleLE(reward, at);
    this.#head.writeInt16LE(endStatus, at + 8);
    this.#head.writeUInt16LE(flags, at + 10);
    this.#head.writeUInt32LE(slot.steps, at + 12);
    const header = {
      slot: index,
      newGame: fresh,
      episode: (this.#episodes[index] ?? 1) - 1,
      step: slot.steps,
      seed: 0,
      score: 0,
    };
    this.#frame.add(header, this.#sources[index]?.of(slot.observation) ?? []);
  }

  /** The parts of an `observed` payload: views that are good until the next call. */
  #end(): Uint8Array[] {
    const head = this.#head.subarray(0, OBSERVED_HEADER_BYTES + RESULT_BYTES * this.#shown);
    return [head, this.#frame.end().subarray(FRAME_HEADER_BYTES)];
  }
}

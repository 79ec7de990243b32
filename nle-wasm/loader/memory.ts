import { LoaderError } from './errors.ts';
import type { EngineExports } from './exports.ts';
import type { FieldName, FieldSpec, Observation } from './layout.ts';
import { FIELDS, PHASE, SETTINGS, STATUS } from './layout.ts';
import type { GeneratorSeeds, SetUp } from './settings.ts';
import { writeSeeds, writeSettings } from './settings.ts';

function makeView(buffer: ArrayBufferLike, address: number, spec: FieldSpec): Observation[FieldName] {
  switch (spec.dtype) {
    case 'int8':
      return new Int8Array(buffer, address, spec.bytes);
    case 'uint8':
      return new Uint8Array(buffer, address, spec.bytes);
    case 'int16':
      return new Int16Array(buffer, address, spec.bytes / 2);
    case 'int32':
      return new Int32Array(buffer, address, spec.bytes / 4);
  }
}

/** One game's linear memory: settings in; observation, status and files out. */
export class GameMemory {
  private readonly engine: EngineExports;
  private readonly addresses: readonly number[];
  private readonly statusAddress: number;
  private readonly pendingAddress: number;
  private readonly version: number;
  private pending: Int32Array | undefined;
  private views: Observation | undefined;

  constructor(engine: EngineExports) {
    this.engine = engine;
    this.addresses = FIELDS.map((_, index) => engine.arena_field(index));
    this.statusAddress = engine.arena_status();
    this.pendingAddress = engine.arena_pending?.() ?? 0;
    this.version = engine.arena_interface_version();
  }

  private get settings(): DataView {
    return new DataView(this.engine.memory.buffer, this.engine.arena_settings(), SETTINGS.bytes);
  }

  setUp(settings: SetUp): void {
    writeSettings(this.settings, settings, this.version);
  }

  setSeeds(seeds: GeneratorSeeds): void {
    writeSeeds(this.settings, seeds);
  }

  /**
   * Views of all fields; made again only when the memory grew, which makes old ones empty. Their length tells that in
   * no time, while asking the memory for its buffer is a call out of compiled code.
   */
  get observation(): Observation {
    if (this.views === undefined || this.views.glyphs.length === 0) {
      const { buffer } = this.engine.memory;
      this.views = Object.fromEntries(
        FIELDS.map((spec, index) => [spec.name, makeView(buffer, this.addresses[index] ?? 0, spec)]),
      ) as unknown as Observation;
    }
    return this.views;
  }

  /** The observation as it is now, for good. */
  copyObservation(): Observation {
    return Object.fromEntries(
      Object.entries(this.observation).map(([name, view]) => [name, (view as Uint8Array).slice()]),
    ) as unknown as Observation;
  }

  /** Cells whose descriptions are wanted and not written yet. */
  get pendingDescriptions(): number {
    if (this.pendingAddress === 0) return 0;
    if (this.pending === undefined || this.pending.length === 0)
      this.pending = new Int32Array(this.engine.memory.buffer, this.pendingAddress, 1);
    return this.pending[0] ?? 0;
  }

  private word(index: number): number {
    return new Int32Array(this.engine.memory.buffer, this.statusAddress, STATUS.words)[index] ?? 0;
  }

  get hasEnded(): boolean {
    return this.word(STATUS.phase) === PHASE.ended;
  }

  /** NetHack's end code, or -1. */
  get how(): number {
    return this.word(STATUS.how);
  }

  get exitStatus(): number {
    return this.word(STATUS.status);
  }

  private text(offset: number, length: number): string {
    const bytes = new Uint8Array(this.engine.memory.buffer, this.statusAddress + offset, length);
    const end = bytes.indexOf(0);
    return new TextDecoder('latin1').decode(bytes.subarray(0, end < 0 ? length : end));
  }

  /** Throws LoaderError `unknown_option` when NetHack did not take the options; known from the first key request on. */
  checkOptions(): void {
    const said = this.text(STATUS.optionError, STATUS.optionErrorBytes);
    if (said !== '') throw new LoaderError('unknown_option', `NETHACKOPTIONS: ${said}`);
  }

  /** What ended the game instead of itself: NetHack's own words, want of fuel, or the trap `cause`. */
  fault(cause: unknown): LoaderError {
    const said = this.text(STATUS.fault, STATUS.faultBytes);
    let why = cause instanceof Error ? cause.message : String(cause);
    if (said !== '') why = `NetHack gave up: ${said}`;
    else if (this.engine.arena_fuel.value === 0) why = 'it went on without asking for a key';
    else if (this.word(STATUS.phase) === PHASE.fault)
      why = `NetHack left with status ${String(this.exitStatus)}`;
    return new LoaderError('engine_fault', `engine fault, not the player's: ${why}`, { cause });
  }

  /** Bytes of linear memory the game holds. */
  get size(): number {
    return this.engine.memory.buffer.byteLength;
  }

  /** A copy of one of the game's own files (`xlogfile`, `paniclog`, …), or null. */
  file(name: string): Uint8Array | null {
    const scratch = this.engine.arena_scratch();
    new Uint8Array(this.engine.memory.buffer, scratch, 64).set(new TextEncoder().encode(`${name}\0`));
    const address = this.engine.arena_file();
    if (address === 0) return null;
    const size = new DataView(this.engine.memory.buffer).getUint32(scratch, true);
    return new Uint8Array(this.engine.memory.buffer).slice(address, address + size);
  }
}

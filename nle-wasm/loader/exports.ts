/** What src/port/engine.c exports. All numbers are addresses unless said otherwise. */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  arena_interface_version(): number;
  arena_settings(): number;
  arena_status(): number;
  arena_field(index: number): number;
  arena_asyncify_data(): number;
  arena_scratch(): number;
  arena_file(): number;
  arena_tables(): number;
  arena_run(): void;
  /** Since edition 3: address of struct pending. */
  arena_pending?(): number;
  /** Since edition 3: writes the descriptions that wait. It touches the game; see describer.ts. */
  arena_describe?(): void;
  /** Address of three words: begin and end of the data archive, end of the memory in use. */
  arena_regions(): number;
  /** Loop rounds left before the game must ask for a key; 0 once it trapped for want of them. */
  readonly arena_fuel: WebAssembly.Global<'i32'>;
  /** LLVM's stack pointer: with the memory, all that a suspended game is made of. */
  readonly __stack_pointer: WebAssembly.Global<'i32'>;
}

/** What engine-step.wasm has beside: reseeding, and what binaryen's asyncify pass adds. */
export interface AsyncifyExports extends EngineExports {
  /** Seeds both generators from the settings as they are now, and takes the reseed flag from there. */
  arena_reseed(): void;
  asyncify_start_unwind(data: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(data: number): void;
  asyncify_stop_rewind(): void;
}

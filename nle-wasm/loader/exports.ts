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
  arena_run(): void;
}

/** What binaryen's asyncify pass adds to engine-step.wasm. */
export interface AsyncifyExports extends EngineExports {
  asyncify_start_unwind(data: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(data: number): void;
  asyncify_stop_rewind(): void;
}

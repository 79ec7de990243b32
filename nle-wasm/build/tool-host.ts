import { readFileSync } from 'node:fs';
import { BuildError } from './errors.ts';

interface ToolExports {
  readonly memory: WebAssembly.Memory;
  tool_allocate(size: number): number;
  tool_put(name: number, bytes: number, size: number): void;
  tool_argument(text: number): void;
  tool_run(): void;
  tool_status(): number;
  tool_file_name(index: number): number;
  tool_file_size(name: number): number;
  tool_file_bytes(name: number): number;
}

export type FileSet = ReadonlyMap<string, Uint8Array>;

/** One of NetHack's build programs. */
export interface Tool {
  /** Runs it once; returns the files that it left behind, the given ones included. */
  run(args: readonly string[], files: FileSet): Map<string, Uint8Array>;
}

/** A build program compiled to wasm32, run over files in its own memory. */
export class WasmTool implements Tool {
  private readonly module: WebAssembly.Module;
  private readonly name: string;

  constructor(name: string, wasm: string) {
    this.name = name;
    this.module = new WebAssembly.Module(readFileSync(wasm));
  }

  run(args: readonly string[], files: FileSet): Map<string, Uint8Array> {
    const tool = new WebAssembly.Instance(this.module).exports as unknown as ToolExports;
    const give = (bytes: Uint8Array): number => {
      const address = tool.tool_allocate(bytes.length);
      if (address === 0)
        throw new BuildError(
          `${this.name} has no memory left for ${String(bytes.length)} bytes of its input`,
        );
      new Uint8Array(tool.memory.buffer, address, bytes.length).set(bytes);
      return address;
    };
    const giveText = (text: string): number => give(new TextEncoder().encode(`${text}\0`));
    for (const [name, bytes] of files) tool.tool_put(giveText(name), give(bytes), bytes.length);
    for (const arg of [this.name, ...args]) tool.tool_argument(giveText(arg));
    let trap: unknown;
    try {
      tool.tool_run();
    } catch (error) {
      trap = error; // the way every run ends: exit() stores its status and traps
    }
    const left = collect(tool);
    const status = tool.tool_status();
    if (status !== 0 || !String(trap).includes('unreachable')) {
      const said = new TextDecoder().decode(left.get('console') ?? new Uint8Array()).slice(-2000);
      throw new BuildError(
        `${this.name} ${args.join(' ')} failed (status ${String(status)}, ${String(trap)}):\n${said}`,
      );
    }
    return left;
  }
}

function collect(tool: ToolExports): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let index = 0; ; index += 1) {
    const address = tool.tool_file_name(index);
    if (address === 0) return files;
    const memory = new Uint8Array(tool.memory.buffer);
    const name = new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address)));
    if (name === '') continue;
    const bytes = tool.tool_file_bytes(address);
    files.set(name, memory.slice(bytes, bytes + tool.tool_file_size(address)));
  }
}

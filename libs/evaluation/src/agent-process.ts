import type { Limits } from '@arena/contracts';
import { FRAME_HEADER_BYTES, OBSERVE_HEADER_BYTES, type Manifest } from '@arena/protocol';
import type { SandboxExit, SandboxProcess } from '@arena/sandbox';
import type { AgentHost } from './agent-host.ts';
import type { Break, Judgement } from './messages.ts';
import { layoutOf } from './record-layout.ts';
import { now, type Expiry } from './control.ts';
import { judge } from './verdicts.ts';

/** From the end of an agent's output to the end of its process; one that takes longer has only closed the pipe. */
const EXIT_GRACE_MS = 1000;

/** One process of an agent, seen from the main thread. */
export class AgentProcess {
  readonly #process: SandboxProcess;
  readonly #limits: Limits;
  readonly #startedAt = now();
  #expiry: Expiry | null = null;
  #ready = false;

  private constructor(process: SandboxProcess, limits: Limits) {
    this.#process = process;
    this.#limits = limits;
  }

  /** Throws SandboxError when no sandbox can be made or the runtime is not offered here. */
  static async start(
    host: AgentHost,
    folder: string,
    manifest: Manifest,
    limits: Limits,
  ): Promise<AgentProcess> {
    const { entry, gamesAtOnce, onnx: map } = manifest;
    const stdinBytes =
      FRAME_HEADER_BYTES + OBSERVE_HEADER_BYTES + gamesAtOnce * layoutOf(manifest).recordBytes;
    const specification = host
      .runtime(manifest.runtime)
      .sandbox({ folder, entry, stdinBytes, ...(map && { map }) }, limits);
    return new AgentProcess(await host.sandbox.start(specification), limits);
  }

  get stdin(): number {
    return this.#process.stdin;
  }

  get stdout(): number {
    return this.#process.stdout;
  }

  /** Whether it has said that it is ready to play. */
  get ready(): boolean {
    return this.#ready;
  }

  becameReady(): void {
    this.#ready = true;
  }

  /** A turn that began at `since` has lasted too long; one of the process before is not this one's. */
  expire(expiry: Expiry, since: number): void {
    if (since < this.#startedAt) return;
    this.#expiry ??= expiry;
    this.#process.kill();
  }

  kill(): void {
    this.#process.kill();
  }

  /** Waits for its end, with force if it does not come, and says whose fault it was. Throws PlatformError if ours. */
  async judgement(found: Break): Promise<Judgement> {
    if (found.how === 'protocol' || found.how === 'late') this.#process.kill();
    const exit = await this.#end();
    const log = this.#process.log();
    return {
      ...judge({ break: found, expiry: this.#expiry, exit, log, ready: this.#ready }, this.#limits),
      log,
    };
  }

  /** After its last game: it was told to stop. */
  async finish(): Promise<void> {
    await this.#end();
  }

  usage(): { peakMemoryMiB: number; cpuMs: number; log: string } {
    return { ...this.#process.usage(), log: this.#process.log() };
  }

  /** Only when no thread reads its pipes any more. */
  close(): void {
    this.#process.close();
  }

  async #end(): Promise<SandboxExit> {
    const timer = setTimeout(() => {
      this.#process.kill();
    }, EXIT_GRACE_MS);
    try {
      return await this.#process.exit;
    } finally {
      clearTimeout(timer);
    }
  }
}

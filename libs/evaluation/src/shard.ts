import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import type { Verdict } from '@arena/contracts';
import type { Stage } from '@arena/sandbox';
import { AgentProcess } from './agent-process.ts';
import { Control, type Expiry } from './control.ts';
import { CpuShares } from './cpu-shares.ts';
import { PlatformError, ShardAborted } from './errors.ts';
import type { GameThread } from './game-threads.ts';
import type { Break, FromThread, Judgement, ThreadData, ToThread, WatchMessage } from './messages.ts';
import type { GameResult, ShardReport, ShardSpecification } from './specification.ts';

/** Faults of one game, after which the process goes on. */
const ALONE: ReadonlySet<Verdict> = new Set(['invalid_action', 'time_bank', 'output_limit']);

/**
 * So many processes in a row may be lost, with no game finished in between, before it is the agent that is charged: ten that an
 * operator kills one after another are no fault of its, and one that kills itself must come to an end.
 */
const MOST_LOST = 16;

/**
 * Plays a list of games with one agent. The engine and the agent's pipes live in a thread of their own, which
 * blocks while the agent thinks; here, on the main thread, processes are started, clocks held and results handed on.
 */
export class Shard {
  readonly #specification: ShardSpecification;
  readonly #control = new Control();
  readonly #watchPort: MessagePort;
  readonly #threadWatchPort: MessagePort;
  readonly #report: ShardReport = {
    processes: 0,
    peakMemoryMiB: 0,
    cpuMs: 0,
    startMs: 0,
    sdk: null,
    log: '',
  };
  readonly #shares = new CpuShares();
  #agent: AgentProcess | null = null;
  /** Failures of the agent's own so far: a process that goes on for a lost one has its number, and so its seed. */
  #ordinal = 0;
  #lost = 0;
  /** Settles when no process is on its way to becoming {@link #agent}. */
  #starting: Promise<void> = Promise.resolve();
  #thread: GameThread | null = null;
  /** The thread has nothing more to do with this shard. */
  #done = false;
  #stop: ((error: Error) => void) | null = null;
  #startedAt = 0;
  #aborted = false;
  /** The shard is over: what its thread may still say starts nothing. */
  #closing = false;

  constructor(specification: ShardSpecification) {
    this.#specification = specification;
    const { port1, port2 } = new MessageChannel();
    this.#watchPort = port1;
    this.#threadWatchPort = port2;
  }

  /**
   * Plays all games; each is told to `events.finished` once. After `drain()` those that had not begun are not told. Rejects with PlatformError or SandboxError when the
   * platform failed and with ShardAborted after `abort()`: games not told by then are to be played again.
   */
  async run(): Promise<ShardReport> {
    const { host, agentFolder, games, limits, isPlaced = false } = this.#specification;
    if (this.#aborted) throw new ShardAborted();
    if (games.length === 0) return this.#report;
    host.sandbox.expect();
    const placed = isPlaced
      ? { path: agentFolder, release: () => undefined }
      : place(host.stage, agentFolder);
    const unwatch = host.threads.clocks.watch(this.#control, limits, {
      expired: (expiry, since) => {
        this.#expire(expiry, since);
      },
      failed: (error) => {
        this.#stop?.(error);
      },
    });
    try {
      await this.#playIn(placed.path);
      return this.#report;
    } finally {
      unwatch();
      await this.#cleanUp();
      placed.release();
    }
  }

  /** Stops at once: kills the agent, lets go of its games. */
  abort(): void {
    this.#aborted = true;
    this.#control.abort();
    this.#agent?.kill();
    this.#stop?.(new ShardAborted());
  }

  /** Begins no further game: {@link run} resolves when those in play are over. */
  drain(): void {
    this.#control.drain();
  }

  /** From now on `events.frame` is called with pictures of this game, while it is played. */
  watch(gameId: string): void {
    this.#mail({ id: gameId, on: true });
  }

  unwatch(gameId: string): void {
    this.#mail({ id: gameId, on: false });
  }

  #mail(message: WatchMessage): void {
    this.#watchPort.postMessage(message);
    this.#control.ringMail();
  }

  async #playIn(folder: string): Promise<void> {
    const { engine, manifest, games, limits, host, mostSteps = Infinity } = this.#specification;
    const { worker } = (this.#thread = host.threads.take(engine));
    const data: ThreadData = {
      control: this.#control.buffer,
      watch: this.#threadWatchPort,
      manifest,
      games,
      limits,
      mostSteps,
      sandbox: host.sandbox.description,
      looksForAnswers: host.threads.haveProcessorsToSpare,
    };
    await new Promise<void>((resolve, reject) => {
      this.#stop = reject;
      // One after another: what the thread said before its end still counts.
      let handled = Promise.resolve();
      worker.on('error', (cause) => {
        reject(new PlatformError(`the game thread failed: ${(cause as Error).message}`, { cause }));
      });
      worker.on('exit', (code) => {
        void handled.then(() => {
          reject(new PlatformError(`the game thread ended with code ${code} before its games did`));
        });
      });
      worker.on('message', (message: FromThread) => {
        handled = handled
          .then(async () => {
            if (message.type === 'done') {
              this.#done = true;
              resolve();
            } else await this.#handle(message, folder);
          })
          .catch((error: unknown) => {
            reject(error instanceof Error ? error : new PlatformError(String(error)));
          });
      });
      this.#tell({ type: 'play', data }, [data.watch]);
    });
  }

  async #handle(message: Exclude<FromThread, { type: 'done' }>, folder: string): Promise<void> {
    const { events } = this.#specification;
    switch (message.type) {
      case 'started':
        this.#shares.begin(message.id, this.#agent?.usage().cpuMs ?? 0);
        events?.started?.({ id: message.id, character: message.character });
        return;
      case 'finished':
        this.#lost = 0;
        events?.finished?.({
          ...this.#withLog(message.result),
          cpuTimeMs: this.#shares.end(message.result.id, this.#agent?.usage().cpuMs ?? null),
        });
        return;
      case 'frame':
        events?.frame?.(message.id, message.frame);
        return;
      case 'need_agent':
        if (this.#closing) return;
        this.#starting = this.#startAgent(folder);
        await this.#starting;
        return;
      case 'agent_ready':
        this.#agent?.becameReady();
        this.#report.startMs = Math.max(this.#report.startMs, performance.now() - this.#startedAt);
        this.#report.sdk = message.sdk;
        return;
      case 'agent_broke': {
        const agent = this.#takeAgent();
        const judgement = await this.#judgement(agent, message.break);
        const { ready } = agent;
        this.#letGo();
        if (!judgement.lost) {
          this.#ordinal += 1;
          const { verdict, reason, log } = judgement;
          await events?.failed?.({ verdict, reason, log, ready, answered: message.answered });
        }
        this.#tell({ type: 'judged', judgement });
        return;
      }
      case 'agent_done':
        await this.#takeAgent().finish();
        this.#letGo();
    }
  }

  /** Of a process that broke off. One that is lost again and again is the agent's doing in the end. */
  async #judgement(agent: AgentProcess, found: Break): Promise<Judgement> {
    const judgement = await agent.judgement(found);
    if (!judgement.lost) return judgement;
    this.#lost += 1;
    if (this.#lost <= MOST_LOST) return judgement;
    const reason = `${judgement.reason}, as were the ${MOST_LOST} before it that went on with the same games`;
    return { ...judgement, reason, lost: false };
  }

  /** A game that ended by its own agent's fault while the process goes on: what was printed so far belongs to it, too. */
  #withLog(result: GameResult): GameResult {
    const alone = ALONE.has(result.verdict);
    return alone && result.log === null ? { ...result, log: this.#agent?.usage().log ?? null } : result;
  }

  async #startAgent(folder: string): Promise<void> {
    const { host, manifest, limits } = this.#specification;
    this.#startedAt = performance.now();
    const agent = await AgentProcess.start(host, folder, manifest, limits);
    this.#agent = agent;
    if (this.#aborted) agent.kill();
    const ordinal = this.#ordinal;
    this.#report.processes += 1;
    this.#tell({ type: 'agent', stdin: agent.stdin, stdout: agent.stdout, ordinal });
  }

  #expire(expiry: Expiry, since: number): void {
    if (expiry === 'engine_hung')
      this.#stop?.(new PlatformError('the game engine did not come back from a step within a minute'));
    else this.#agent?.expire(expiry, since);
  }

  #takeAgent(): AgentProcess {
    if (this.#agent === null) throw new PlatformError('there is no agent to ask about');
    return this.#agent;
  }

  /** The agent's process is over and the thread is done with its pipes. */
  #letGo(): void {
    if (this.#agent === null) return;
    const { peakMemoryMiB, cpuMs, log } = this.#agent.usage();
    this.#shares.processEnded(cpuMs);
    this.#report.peakMemoryMiB = Math.max(this.#report.peakMemoryMiB, peakMemoryMiB);
    this.#report.cpuMs += cpuMs;
    this.#report.log = log;
    this.#agent.close();
    this.#agent = null;
  }

  #tell(message: ToThread, transfer: Transferable[] = []): void {
    this.#thread?.worker.postMessage(message, transfer);
  }

  async #cleanUp(): Promise<void> {
    this.#closing = true;
    this.#control.abort();
    // A process that is being made cannot be called off: it is waited for, and ended like any other. That it
    // could not be made is told by run().
    await this.#starting.catch(() => undefined);
    const agent = this.#agent;
    agent?.kill();
    // A thread blocked in a pipe cannot be ended until the pipe is: first the process, then the thread, then our ends.
    if (agent) await agent.finish();
    if (this.#thread) {
      await this.#specification.host.threads.giveBack(this.#thread, this.#done && !this.#aborted);
    }
    this.#thread = null;
    this.#letGo();
    this.#watchPort.close();
  }
}

function place(stage: Stage, folder: string): ReturnType<Stage['place']> {
  try {
    return stage.place(folder);
  } catch (cause) {
    throw new PlatformError(`the unpacked submission cannot be read: ${(cause as Error).message}`, { cause });
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FloodOrder, FloodReport } from './flooder.ts';

/** The longest flood takes some ten seconds; 5,000 refused requests on a busy machine take longer. */
const MOST_MS = 120_000;

/**
 * Whoever floods a server does so from another machine: here the flood takes the processor that the API and the visitor leave. Beside
 * six endless programs a visitor waited up to 844 ms for the board during 5,000 GETs at the same priority, and up to 521 ms at this.
 */
const PRIORITY = 10;

/** A process that is ready to flood, once. */
export class Flooding {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<Flooding> {
    const child = fork(fileURLToPath(new URL('flooder.js', import.meta.url)));
    if (child.pid !== undefined) setPriority(child.pid, PRIORITY);
    await once(child, 'message', { signal: AbortSignal.timeout(MOST_MS) });
    return new Flooding(child);
  }

  /** Runs the flood to its end. */
  run(order: FloodOrder): Promise<FloodReport> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.child.kill('SIGKILL'), MOST_MS);
      this.child.once('message', (report) => {
        resolve(report as FloodReport);
      });
      this.child.once('error', reject).once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`flood ${order.flood} ended with ${code ?? 'a signal'} before it was through`));
      });
      this.child.send(order);
    });
  }
}

/** Waits until API and worker serve, for as long as they get on, and says what it waits for. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ArenaClient } from '@arena/client';
import type { Services } from './processes.ts';
import { Progress, type Sight } from './progress.ts';

const POLL_MS = 200;
/** Longer than the API takes to say that its database hangs. */
const ANSWER_MS = 10_000;
/** An idle machine is ready within this time: nothing has to be said. */
const SILENT_MS = 8_000;
/** The same phase is told again after this time. */
const SAY_AGAIN_MS = 20_000;

/** Resolves once the API with this instance name answers and a worker has reported to it; rejects where nothing moves. */
export async function untilReady(
  client: ArenaClient,
  services: Services,
  instance: string,
  say: (line: string) => void,
): Promise<void> {
  const begin = Date.now();
  const progress = new Progress(begin);
  let said = { text: '', at: begin };
  for (;;) {
    const missing = await whatIsMissing(client, instance);
    if (missing === null) return;
    const sights = ['api', 'worker'].map((name) => services.sightOf(name));
    const why = progress.look(Date.now(), sights);
    const waited = `${missing.what}${phaseOf(sights, missing.service)}`;
    if (why !== null) {
      throw new Error(
        `the services do not get ready: ${why}. Waited for: ${waited}. See ${services.logOf('api')} and ${services.logOf('worker')}, and run the command again`,
      );
    }
    const now = Date.now();
    if (now - begin > SILENT_MS && (waited !== said.text || now - said.at > SAY_AGAIN_MS)) {
      said = { text: waited, at: now };
      say(`· waiting for ${waited} (${Math.round((now - begin) / 1000)} s so far)`);
    }
    await delay(POLL_MS);
  }
}

interface Missing {
  what: string;
  service: 'api' | 'worker';
}

/** An API that answers but is not ours (another arena on this port) does not count. */
async function whatIsMissing(client: ArenaClient, instance: string): Promise<Missing | null> {
  try {
    const health = await Promise.race([client.health(), tooLate()]);
    if (health.instance !== instance)
      return { what: 'the API: another server answers on its port', service: 'api' };
    if (health.workers.length === 0) return { what: 'the worker', service: 'worker' };
    return health.ok ? null : { what: 'the API, which says that it is not well', service: 'api' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { what: `the API (${reason.trim()})`, service: 'api' };
  }
}

async function tooLate(): Promise<never> {
  await delay(ANSWER_MS, undefined, { ref: false });
  throw new Error(`it does not answer within ${ANSWER_MS / 1000} s`);
}

function phaseOf(sights: readonly Sight[], service: string): string {
  const phase = sights.find(({ name }) => name === service)?.phase;
  return phase === undefined || phase === null ? '' : `: ${phase}`;
}

import { oneLine, type PlatformFault } from '@arena/contracts';
import type { SandboxFault } from '@arena/sandbox';
import type { HealthCheckDto } from './health.dto.ts';

/** A younger fault of the sandboxes makes the arena unwell; an older one is only shown. */
const FRESH_MS = 300_000;
const DAY_MS = 86_400_000;
const MOST = 100;

/** The faults of the last day of all workers' sandboxes, and of those in which this server reads uploads; the latest first. */
export function allFaults(
  ofWorkers: readonly PlatformFault[],
  own: readonly SandboxFault[],
  now = Date.now(),
): PlatformFault[] {
  const ours = own
    .filter(({ at }) => now - at < DAY_MS)
    .map(({ at, kind, message }) => ({ worker: null, at: new Date(at).toISOString(), kind, message }));
  return [...ofWorkers, ...ours].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, MOST);
}

/** Fails for five minutes after a fault. */
export function sandboxesCheck(faults: readonly PlatformFault[], now = Date.now()): HealthCheckDto {
  const fresh = faults.find(({ at }) => now - Date.parse(at) < FRESH_MS);
  if (fresh === undefined) return { name: 'sandboxes', ok: true, message: null };
  const where = fresh.worker === null ? 'Where this server reads uploads' : `On the worker ${fresh.worker}`;
  return { name: 'sandboxes', ok: false, message: `${where}: ${oneLine(fresh.message)}` };
}

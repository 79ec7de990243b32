import { readFileSync, readlinkSync } from 'node:fs';
import { SandboxError } from './errors.ts';
import { identityOf, type ProcessIdentity } from './processes.ts';

/** Whose a sandbox is: told by another process of the same machine, and of the same container, from one that had its pid before. */
export interface Owner extends ProcessIdentity {
  /** Of pids: what another container calls 17 is not our 17. */
  namespace: number;
  /** Start times begin again with each start of the machine. */
  boot: string;
}

let known: Owner | null = null;

/** Throws SandboxError where /proc does not tell. */
export function thisProcess(): Owner {
  if (known !== null) return known;
  const identity = identityOf(process.pid);
  const namespace = Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]);
  if (identity === null || !Number.isInteger(namespace))
    throw new SandboxError('/proc does not tell when this process began: mount it, as every Linux has it');
  known = {
    ...identity,
    namespace,
    boot: readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
  };
  return known;
}

import { AgentHost } from '@arena/evaluation';
import type { AgentRuntime } from '@arena/sandbox';

const NATIVE: AgentRuntime = {
  name: 'native',
  description: 'programs of this machine',
  sandbox: ({ folder, entry, stdinBytes }, limits) => ({
    command: [`/agent/${entry}`],
    bindings: [{ source: folder, target: '/agent' }],
    limits,
    stdinBytes,
  }),
};

/** Runs an entry as it is, without a runtime between it and the kernel: what an agent can do in any runtime it can do here. */
export class NativeHost extends AgentHost {
  override runtime(): AgentRuntime {
    return NATIVE;
  }
}

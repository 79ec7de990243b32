import type { SandboxLimits, SandboxSpecification } from './specification.ts';

/** What of a submission is run. */
export interface AgentFiles {
  /** Unpacked, and reachable by any uid: {@link Stage.place}. */
  folder: string;
  /** arena.json's entry. */
  entry: string;
  /** Bytes of the largest frame written to standard input, as far as known. */
  stdinBytes: number;
  /** arena.json's map of a model, as it was checked. */
  map?: object;
}

/** A way to run submissions: what is mounted beside them, and which program runs their entry. */
export interface AgentRuntime {
  /** As arena.json names it. */
  readonly name: string;
  /** Versions in a few words, e.g. `Python 3.11.2, numpy 1.24.2`. */
  readonly description: string;
  /** The platform's own runtime that it is in another root; none: it is one itself. */
  readonly base?: string;
  sandbox(agent: AgentFiles, limits: SandboxLimits): SandboxSpecification;
}

/** Where the submission lies inside. */
export const AGENT_FOLDER = '/agent';

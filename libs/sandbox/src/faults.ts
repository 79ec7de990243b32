import type { SandboxFault } from './specification.ts';

/** More are no news. */
const KEPT = 100;

/** The last faults, for the health page. */
export class Faults {
  readonly #found: SandboxFault[] = [];

  add(kind: SandboxFault['kind'], message: string): void {
    this.#found.push({ at: Date.now(), kind, message });
    if (this.#found.length > KEPT) this.#found.shift();
  }

  all(): readonly SandboxFault[] {
    return [...this.#found];
  }
}

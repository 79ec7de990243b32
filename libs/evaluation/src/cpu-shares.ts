/**
 * Divides the processor time of an agent's processes among its games: what is used between two moments at which a game begins
 * or ends is shared equally by those that were in play. What a process uses before its first game is nobody's.
 */
export class CpuShares {
  readonly #inPlay = new Map<string, number>();
  /** Of the process that runs, milliseconds since its start. */
  #seen = 0;

  /** `cpuMs`: what the process has used so far. */
  begin(id: string, cpuMs: number): void {
    this.#divide(cpuMs);
    this.#inPlay.set(id, 0);
  }

  /** A game is over; null: its process is, too, and was told of. Resolves to the game's share, or null if it was never in play. */
  end(id: string, cpuMs: number | null): number | null {
    if (cpuMs !== null) this.#divide(cpuMs);
    const share = this.#inPlay.get(id) ?? null;
    this.#inPlay.delete(id);
    return share;
  }

  /** With all that it has used. The next process counts from nothing. */
  processEnded(cpuMs: number): void {
    this.#divide(cpuMs);
    this.#seen = 0;
  }

  #divide(cpuMs: number): void {
    const share = Math.max(0, cpuMs - this.#seen) / this.#inPlay.size;
    this.#seen = Math.max(this.#seen, cpuMs);
    for (const [id, before] of this.#inPlay) this.#inPlay.set(id, before + share);
  }
}

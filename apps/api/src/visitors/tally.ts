/** Counts what each sender holds at present. Keeps nothing of who holds nothing. */
export class Tally {
  private readonly held = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly mostPerSender: number,
    private readonly most = Infinity,
  ) {}

  get total(): number {
    return this.all;
  }

  of(sender: string): number {
    return this.held.get(sender) ?? 0;
  }

  /** Whether there is room for one more: for this sender, and at all. */
  hasRoom(sender: string): boolean {
    return this.of(sender) < this.mostPerSender && this.all < this.most;
  }

  /** Counts one more; what it returns gives it back, once. */
  take(sender: string): () => void {
    this.held.set(sender, this.of(sender) + 1);
    this.all++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.all--;
      const left = this.of(sender) - 1;
      if (left > 0) this.held.set(sender, left);
      else this.held.delete(sender);
    };
  }
}

import { SENDERS_A_SITE, siteOf } from './senders.ts';

/**
 * Counts what each sender holds at present. Keeps nothing of who holds nothing. The senders of one site may hold four times what one of
 * them may, and half of all.
 */
export class Tally {
  private readonly held = new Map<string, number>();
  private all = 0;
  private readonly mostPerSite: number;

  constructor(
    private readonly mostPerSender: number,
    private readonly most = Infinity,
  ) {
    this.mostPerSite = Math.max(mostPerSender, Math.min(SENDERS_A_SITE * mostPerSender, most / 2));
  }

  get total(): number {
    return this.all;
  }

  of(sender: string): number {
    return this.held.get(sender) ?? 0;
  }

  /** Whether there is room for one more: for this sender, for its site, and at all. */
  hasRoom(sender: string): boolean {
    return this.mayHold(sender) && this.all < this.most;
  }

  /** Whether this sender and its site hold less than they may. */
  mayHold(sender: string): boolean {
    const site = siteOf(sender);
    return this.of(sender) < this.mostPerSender && (site === sender || this.of(site) < this.mostPerSite);
  }

  /** Counts one more; what it returns gives it back, once. */
  take(sender: string): () => void {
    const site = siteOf(sender);
    const keys = site === sender ? [sender] : [sender, site];
    for (const key of keys) this.held.set(key, this.of(key) + 1);
    this.all++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.all--;
      for (const key of keys) this.giveBack(key);
    };
  }

  private giveBack(key: string): void {
    const left = this.of(key) - 1;
    if (left > 0) this.held.set(key, left);
    else this.held.delete(key);
  }
}

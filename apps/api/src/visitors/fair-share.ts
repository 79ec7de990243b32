import pLimit, { type LimitFunction } from 'p-limit';
import { siteOf } from './senders.ts';

/** Lets what the senders of each site ask for wait for their own and not for anybody else's: a flood is slow for who sends it. */
export class FairShare {
  private readonly lines = new Map<string, LimitFunction>();

  constructor(private readonly atOnce: number) {}

  async run<T>(sender: string, task: () => Promise<T>): Promise<T> {
    const site = siteOf(sender);
    let line = this.lines.get(site);
    if (!line) {
      line = pLimit(this.atOnce);
      this.lines.set(site, line);
    }
    try {
      return await line(task);
    } finally {
      if (line.activeCount + line.pendingCount === 0 && this.lines.get(site) === line)
        this.lines.delete(site);
    }
  }
}

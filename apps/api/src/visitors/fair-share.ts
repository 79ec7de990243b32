import pLimit, { type LimitFunction } from 'p-limit';

/** Lets what each sender asks for wait for its own and not for anybody else's: a flood is slow for who sends it. */
export class FairShare {
  private readonly lines = new Map<string, LimitFunction>();

  constructor(private readonly atOnce: number) {}

  async run<T>(sender: string, task: () => Promise<T>): Promise<T> {
    let line = this.lines.get(sender);
    if (!line) {
      line = pLimit(this.atOnce);
      this.lines.set(sender, line);
    }
    try {
      return await line(task);
    } finally {
      if (line.activeCount + line.pendingCount === 0 && this.lines.get(sender) === line)
        this.lines.delete(sender);
    }
  }
}

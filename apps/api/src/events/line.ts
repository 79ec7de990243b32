import pLimit from 'p-limit';

/** Does what one socket asks for one after the other: what it may have is counted before the next is looked at. */
export class Line {
  private readonly limit = pLimit(1);

  /** @param most that wait. */
  constructor(private readonly most: number) {}

  get isFull(): boolean {
    return this.limit.pendingCount >= this.most;
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    return this.limit(task);
  }
}

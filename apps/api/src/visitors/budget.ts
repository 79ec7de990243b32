import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Budgets are of this many seconds. */
export const WINDOW_SECONDS = 10;

/** How often a sender may do something in a time, {@link WINDOW_SECONDS} if not said otherwise. */
export class Budget {
  private readonly limiter: RateLimiterMemory;

  constructor(
    readonly points: number,
    seconds = WINDOW_SECONDS,
  ) {
    this.limiter = new RateLimiterMemory({ points, duration: seconds });
  }

  /** As {@link spend} would say, without taking any. */
  async peek(sender: string): Promise<number> {
    const spent = await this.limiter.get(sender);
    return spent !== null && spent.consumedPoints >= this.points ? Math.max(1, spent.msBeforeNext) : 0;
  }

  /** Takes one; 0, or the milliseconds after which there are some again. */
  async spend(sender: string): Promise<number> {
    try {
      await this.limiter.consume(sender);
      return 0;
    } catch (spent) {
      if (spent instanceof RateLimiterRes) return Math.max(1, spent.msBeforeNext);
      throw spent;
    }
  }
}

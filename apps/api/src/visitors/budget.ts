import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SENDERS_A_SITE, siteOf } from './senders.ts';

/** Budgets are of this many seconds. */
export const WINDOW_SECONDS = 10;

/**
 * How often a sender may do something in a time, {@link WINDOW_SECONDS} if not said otherwise; and its site four times as often, so that
 * whoever has many senders has not many budgets.
 */
export class Budget {
  private readonly limiter: RateLimiterMemory;
  private readonly sites: RateLimiterMemory;

  constructor(
    readonly points: number,
    seconds = WINDOW_SECONDS,
  ) {
    this.limiter = new RateLimiterMemory({ points, duration: seconds });
    this.sites = new RateLimiterMemory({ points: points * SENDERS_A_SITE, duration: seconds });
  }

  /** As {@link spend} would say, without taking any. */
  async peek(sender: string): Promise<number> {
    const waits = await Promise.all(this.limitersOf(sender).map(([limiter, key]) => waitOf(limiter, key)));
    return Math.max(...waits);
  }

  /** Takes one; 0, or the milliseconds after which there are some again. */
  async spend(sender: string): Promise<number> {
    try {
      for (const [limiter, key] of this.limitersOf(sender)) await limiter.consume(key);
      return 0;
    } catch (spent) {
      if (spent instanceof RateLimiterRes) return Math.max(1, spent.msBeforeNext);
      throw spent;
    }
  }

  private limitersOf(sender: string): [RateLimiterMemory, string][] {
    const site = siteOf(sender);
    const own: [RateLimiterMemory, string] = [this.limiter, sender];
    return site === sender ? [own] : [own, [this.sites, site]];
  }
}

async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  const spent = await limiter.get(key);
  return spent !== null && spent.consumedPoints >= limiter.points ? Math.max(1, spent.msBeforeNext) : 0;
}

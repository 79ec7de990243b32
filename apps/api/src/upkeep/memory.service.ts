import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { Calm } from './calm.ts';
import { collectGarbage } from './collect.ts';

const LOOK_MS = 2_000;

/**
 * Gives memory back after a flood. V8 collects when something is allocated: a server that nobody asks any more kept what 5,000
 * requests had left, 150 to 240 MiB, for as long as it was watched (a minute), and one collection gave back all but 5 MiB. It
 * takes 150 ms, once, in a calm.
 */
@Injectable()
export class MemoryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly calm = new Calm(process.memoryUsage.rss());
  private used: EventLoopUtilization = performance.eventLoopUtilization();
  private timer: NodeJS.Timeout | null = null;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.look();
    }, LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private look(): void {
    const used = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(used, this.used);
    this.used = used;
    if (this.calm.sees({ rss: process.memoryUsage.rss(), busy: utilization })) collectGarbage();
  }
}

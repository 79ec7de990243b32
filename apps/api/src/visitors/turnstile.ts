import { siteOf } from './senders.ts';

/**
 * Reads, joins and uploads of one sender that are worked on at the same time; its others wait for these. The database's pool has ten
 * connections: one sender's slow queries leave four of them to others.
 */
export const AT_ONCE = 6;
/** Connections and requests of one sender that wait; it may have 4,096 connections by default. The next is refused. */
const MOST_WAITING = 8_192;
/** How long requests are begun before whatever else has arrived is looked at: a board takes 0.3 ms. */
const TURN_MS = 3;
/**
 * While connections come in, this much of the loop is left to them between two turns. Node takes one connection a round of its
 * loop: with a turn in each round, a visitor behind 1,000 others waited 3 s to be taken.
 */
const ARRIVALS_MS = 60;

type Begin = (leave: () => void) => void;

/** What one sender waits for. */
class Line {
  readonly reads: Begin[] = [];
  readonly others: Begin[] = [];
  reading = 0;

  constructor(readonly sender: string) {}

  get mayBegin(): boolean {
    return this.others.length > 0 || (this.reads.length > 0 && this.reading < AT_ONCE);
  }

  get length(): number {
    return this.reads.length + this.others.length;
  }
}

/**
 * Begins requests in turns: one of each sender that waits, and then one of each again. Whoever sends thousands at once waits for
 * its own, and another visitor's request is begun next. Until then a request costs its headers and a place in a list: worked on
 * as they came, 5,000 kept another visitor waiting for 2 s (9 s on a busy machine) and held 160 MiB.
 */
export class Turnstile {
  private readonly lines = new Map<string, Line>();
  /** Lines that may begin something, in the order of their turns. */
  private readonly turns = new Set<Line>();
  private isTurning = false;
  private hasArrival = false;
  private nextTurn = 0;

  /** A connection came in; others may wait behind it. */
  arrived(): void {
    this.hasArrival = true;
  }

  /**
   * Calls `begin` when it is the sender's turn; false if it has too many that wait. A request that `reads` from the database counts
   * as worked on from then until `begin`'s argument is called.
   */
  enter(sender: string, reads: boolean, begin: Begin): boolean {
    // All senders of a site stand in one line: two of them would have the pool's ten connections.
    const site = siteOf(sender);
    const line = this.lines.get(site) ?? new Line(site);
    if (line.length >= MOST_WAITING) return false;
    this.lines.set(site, line);
    (reads ? line.reads : line.others).push(begin);
    this.plan(line);
    return true;
  }

  /** Senders that are known at present: those with a request that waits or is worked on. */
  get size(): number {
    return this.lines.size;
  }

  private plan(line: Line): void {
    if (line.mayBegin) this.turns.add(line);
    if (this.isTurning || this.turns.size === 0) return;
    this.isTurning = true;
    setImmediate(() => {
      this.turn();
    });
  }

  private turn(): void {
    const begin = performance.now();
    if (this.hasArrival && begin < this.nextTurn) {
      this.hasArrival = false;
      setImmediate(() => {
        this.turn();
      });
      return;
    }
    const end = begin + TURN_MS;
    // A line that is put back comes behind the others of the same loop.
    try {
      for (const line of this.turns) {
        this.turns.delete(line);
        this.beginOne(line);
        this.forgetIdle(line);
        if (line.mayBegin) this.turns.add(line);
        if (performance.now() > end) break;
      }
    } finally {
      this.isTurning = false;
      this.nextTurn = performance.now() + ARRIVALS_MS;
      const [next] = this.turns;
      if (next) this.plan(next);
    }
  }

  private beginOne(line: Line): void {
    const other = line.others.shift();
    if (other) {
      other(() => undefined);
      return;
    }
    const read = line.reads.shift();
    if (!read) return;
    line.reading++;
    let isReading = true;
    read(() => {
      if (!isReading) return;
      isReading = false;
      line.reading--;
      this.forgetIdle(line);
      this.plan(line);
    });
  }

  private forgetIdle(line: Line): void {
    if (line.length + line.reading === 0 && this.lines.get(line.sender) === line)
      this.lines.delete(line.sender);
  }
}

const MIB = 2 ** 20;

/** What memory may grow by before it is worth a collection. */
const GROWN_BYTES = 32 * MIB;
/** A loop that is busier than this has visitors who would wait for the collection, and allocates enough for V8's own. */
const BUSY = 0.1;
/** Looks in a row that must find the process calm. */
const CALM_LOOKS = 2;
/** Looks after a collection until what is left is what is needed: V8 gives pages back 8 s later. */
const SETTLING_LOOKS = 6;

/** What one look at the process found. */
export interface Look {
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** Share of the time since the last look in which the process worked, 0 to 1. */
  readonly busy: number;
}

/** Decides when a collection of garbage helps and disturbs nobody: in a calm after something that left memory behind. */
export class Calm {
  private calmLooks = 0;
  private settling = 0;

  /** @param floor the resident memory when nothing happens, in bytes. */
  constructor(private floor: number) {}

  /** True if garbage should be collected now. */
  sees({ rss, busy }: Look): boolean {
    this.calmLooks = busy < BUSY ? this.calmLooks + 1 : 0;
    if (this.settling > 0) {
      this.settling--;
      if (this.settling === 0) this.floor = rss;
      return false;
    }
    this.floor = Math.min(this.floor, rss);
    if (this.calmLooks < CALM_LOOKS || rss < this.floor + GROWN_BYTES) return false;
    this.settling = SETTLING_LOOKS;
    return true;
  }
}

import { siteOf } from '../visitors/senders.ts';

/** No room on the disk for more of what comes in. */
export class SpoolFullError extends Error {
  override name = 'SpoolFullError';
  constructor(
    /** Whether it is the sender's own share that is full. */
    readonly isShare: boolean,
    /** What may be held, in bytes: by this sender, or by all. */
    readonly most: number,
  ) {
    super(`more than ${most} bytes of uploads would lie on the disk`);
  }
}

/** What one upload takes of the disk. */
export interface SpoolPlace {
  /** Throws {@link SpoolFullError} if so many bytes more would be too many now. */
  require(bytes: number): void;
  /** Takes so many bytes more, or throws {@link SpoolFullError}. */
  take(bytes: number): void;
  /** Gives all of it back. */
  release(): void;
}

/**
 * The disk that uploads may take while they come in and are read, all together. One sender, and one site of senders, may take a quarter: whoever fills
 * its own leaves the others' alone.
 */
export class SpoolRoom {
  private readonly held = new Map<string, number>();
  private all = 0;
  private readonly most: number;
  private readonly mostPerSite: number;

  /** The largest upload must always find room where nothing else lies. */
  constructor(most: number, largestUpload: number) {
    this.most = Math.max(most, largestUpload);
    this.mostPerSite = Math.max(Math.floor(most / 4), largestUpload);
  }

  /** Bytes that are taken at present. */
  get bytes(): number {
    return this.all;
  }

  /** A place for an upload of this sender; it takes nothing yet. */
  open(sender: string): SpoolPlace {
    const site = siteOf(sender);
    let mine = 0;
    const require = (bytes: number): void => {
      if ((this.held.get(site) ?? 0) + bytes > this.mostPerSite)
        throw new SpoolFullError(true, this.mostPerSite);
      if (this.all + bytes > this.most) throw new SpoolFullError(false, this.most);
    };
    return {
      require,
      take: (bytes) => {
        require(bytes);
        mine += bytes;
        this.add(site, bytes);
      },
      release: () => {
        this.add(site, -mine);
        mine = 0;
      },
    };
  }

  private add(site: string, bytes: number): void {
    this.all += bytes;
    const held = (this.held.get(site) ?? 0) + bytes;
    if (held > 0) this.held.set(site, held);
    else this.held.delete(site);
  }
}

/** Tells the first of many equal troubles at once, and then at most one line in `intervalMs`, with how many were left out. */
export class RareLog {
  private left = 0;
  private last = '';
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly log: (line: string) => void,
    private readonly intervalMs = 1000,
  ) {}

  say(line: string): void {
    if (this.timer) {
      this.left++;
      this.last = line;
      return;
    }
    this.log(line);
    this.wait();
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.left === 0) return;
      this.log(`${this.last} (${this.left} such in the last ${this.intervalMs / 1000} s)`);
      this.left = 0;
      this.wait();
    }, this.intervalMs).unref();
  }
}

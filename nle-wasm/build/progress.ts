/** One line a step on standard error; on a terminal the line is rewritten in place. */
export class Progress {
  private done = 0;
  private readonly total: number;
  private readonly inPlace = process.stderr.isTTY;

  constructor(total: number) {
    this.total = total;
  }

  step(what: string): void {
    this.done += 1;
    const width = String(this.total).length;
    const line = `[${String(this.done).padStart(width)}/${String(this.total)}] ${what}`;
    process.stderr.write(this.inPlace ? `\r\x1b[K${line}` : `${line}\n`);
  }

  finish(): void {
    if (this.inPlace && this.done > 0) process.stderr.write('\r\x1b[K');
  }
}

export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

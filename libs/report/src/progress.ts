/** A bar an agent: redrawn in place on a terminal, a line each tenth elsewhere. Writes to standard error. */
import { formatFigure, type BoardRow } from '@arena/contracts';
import { cell } from './width.ts';

const WIDTH = 30;

/** `explorer  ████████░░░░  21/64  median 1,204`, without colours. */
export function bar(row: Pick<BoardRow, 'agentName' | 'gamesDone' | 'gamesTotal' | 'median'>): string {
  const filled = Math.floor((row.gamesDone / row.gamesTotal) * WIDTH);
  const drawn = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const median = row.median === null ? '' : `  median ${formatFigure(row.median)}`;
  return `${cell(row.agentName, 20, 'left')} ${drawn} ${row.gamesDone}/${row.gamesTotal}${median}`;
}

export class Bars {
  readonly #interactive: boolean;
  readonly #write: (text: string) => void;
  readonly #tenths = new Map<string, number>();
  #drawn = 0;

  constructor(interactive: boolean, write: (text: string) => void) {
    this.#interactive = interactive;
    this.#write = write;
  }

  show(rows: readonly BoardRow[]): void {
    const sorted = [...rows].sort((a, b) => a.submittedAt.localeCompare(b.submittedAt));
    if (this.#interactive) {
      const up = this.#drawn > 0 ? `\x1b[${this.#drawn}A` : '';
      this.#write(up + sorted.map((row) => `\x1b[K${bar(row)}\n`).join(''));
      this.#drawn = sorted.length;
      return;
    }
    for (const row of sorted) {
      const tenth = Math.floor((row.gamesDone / row.gamesTotal) * 10);
      if (tenth === (this.#tenths.get(row.submissionId) ?? 0)) continue;
      this.#tenths.set(row.submissionId, tenth);
      this.#write(`${bar(row)}\n`);
    }
  }
}

/** Markdown as prettier leaves it, so that a written page passes the checks of its repository. */
import { withHidden } from '@arena/contracts';
import stringWidth from 'string-width';

export type Align = 'left' | 'right';

/** What a stranger wrote, as Markdown shows it and not as it reads it; one line. */
export function escapeMarkdown(text: string): string {
  return withHidden(text, () => ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/[\\`*_{}[\]<>|#~&]/g, (character) => `\\${character}`)
    .trim();
}

/** A table whose columns are as wide as their widest cell. Cells are Markdown already. Rows may be shorter than the title. */
export function markdownTable(
  columns: readonly { readonly title: string; readonly align?: Align }[],
  rows: readonly (readonly string[])[],
): string {
  // Rules have three dashes at least.
  const widths = columns.map(({ title }, i) =>
    Math.max(3, stringWidth(title), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]): string => {
    const padded = columns.map(({ align }, i) => {
      const cell = cells[i] ?? '';
      const room = ' '.repeat((widths[i] ?? 0) - stringWidth(cell));
      return align === 'right' ? room + cell : cell + room;
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = columns.map(({ align }, i) => {
    const width = widths[i] ?? 0;
    return align === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
  });
  return [line(columns.map(({ title }) => title)), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

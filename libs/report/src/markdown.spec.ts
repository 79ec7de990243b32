import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { escapeMarkdown, markdownTable } from './markdown.ts';

describe('a Markdown table', () => {
  it('has columns as wide as their widest cell', () => {
    const table = markdownTable(
      [{ title: 'a' }, { title: 'count', align: 'right' }],
      [['long cell', '7'], ['x']],
    );
    expect(table.split('\n')).toEqual([
      '| a         | count |',
      '| --------- | ----: |',
      '| long cell |     7 |',
      '| x         |       |',
    ]);
  });

  it.each(['a|b', 'line\nbreak', '<b>', '`x`', '*y*', '[z](http://x)', '\u202e', '火影忍者', '\\|'])(
    'keeps its columns whatever a cell holds: %j',
    (text) => {
      const lines = markdownTable([{ title: 'x' }, { title: 'y' }], [[escapeMarkdown(text), 'end']]).split(
        '\n',
      );
      expect(lines).toHaveLength(3);
      expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
      // Bars that are not escaped are the table's own.
      for (const line of lines) expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(3);
    },
  );
});

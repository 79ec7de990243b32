/** Text in a terminal's columns: wide letters take two, marks above a letter none. */
import { oneLine } from '@arena/contracts';
import stringWidth from 'string-width';

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Letters with more marks than any language piles up run into the lines above and below. */
const MOST_MARKS = 3;

/** What a stranger wrote, as a terminal may show it: no controls, no change of direction, no towers of marks. */
export function printable(text: string): string {
  return Array.from(letters.segment(oneLine(text)), ({ segment }) => {
    const marks = segment.match(/\p{M}/gu) ?? [];
    return marks.length > MOST_MARKS ? segment.normalize('NFD').replace(/\p{M}/gu, '') : segment;
  }).join('');
}

/** `text`, printable, in exactly `width` columns: cut with an ellipsis or padded. */
export function cell(text: string, width: number, align: 'left' | 'right'): string {
  const whole = printable(text);
  let shown = whole;
  if (stringWidth(whole) > width) {
    shown = '';
    for (const { segment } of letters.segment(whole)) {
      if (stringWidth(`${shown}${segment}…`) > width) break;
      shown += segment;
    }
    shown += '…';
  }
  const room = ' '.repeat(width - stringWidth(shown));
  return align === 'left' ? shown + room : room + shown;
}

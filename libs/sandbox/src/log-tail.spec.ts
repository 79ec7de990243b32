import { describe, expect, it } from '@jest/globals';
import { LOG_BYTES, LogTail, neutralise } from './log-tail.ts';

describe('the log of an agent', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007', '␛[2J␛]0;title␇'],
    ['one\r\ntwo\rthree', 'one\ntwo␍three'],
    ['tab\tstays', 'tab\tstays'],
    ['\u007f\u0085\u202Eabc\u200b', '␡���abc�'.replace('���', '\u{FFFD}\u{FFFD}')],
    ['ok ✓ ä', 'ok ✓ ä'],
  ])('shows %j without obeying it', (raw, shown) => {
    expect(neutralise(Buffer.from(raw))).toBe(shown);
  });

  it('replaces bytes that are no text', () => {
    expect(neutralise(Uint8Array.from([0x61, 0xff, 0x62]))).toBe('a\u{FFFD}b');
  });

  it.each([1, 7, 1000, LOG_BYTES - 1, LOG_BYTES, LOG_BYTES + 1, 3 * LOG_BYTES])(
    'keeps the last 16 KiB of pieces of %i bytes',
    (size) => {
      const log = new LogTail();
      const all = Array.from({ length: 5 * LOG_BYTES }, (_, i) => String.fromCharCode(97 + (i % 26))).join(
        '',
      );
      for (let at = 0; at < all.length; at += size) log.push(Buffer.from(all.slice(at, at + size)));
      expect(log.toString()).toBe(all.slice(-LOG_BYTES));
      expect(log.total).toBe(all.length);
    },
  );

  it('begins with a whole character', () => {
    const log = new LogTail();
    log.push(Buffer.from('ä'.repeat(LOG_BYTES)));
    log.push(Buffer.from('x'));
    expect(log.toString()).toMatch(/^ä+x$/);
  });
});

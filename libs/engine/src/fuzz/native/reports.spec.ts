import { describe, expect, it } from '@jest/globals';
import { knownReport } from './known.ts';
import { readReports } from './reports.ts';

const OURS = `some words of the game
=================================================================
==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x55 bp 0x7f sp 0x7e
READ of size 8 at 0x60 thread T0
    #0 0x55e1 in strlen (/x/nle-wasm/out/twin-asan+0x8e2)
    #1 0x55e2 in show_glyph ./nle-wasm/src/port/map.c:34:9
    #2 0x55e3 in done cache/nethack-cfde0c3ab6dd/include/../src/end.c:1201:5

0x60 is located 0 bytes inside of 8-byte region
freed by thread T0 here:
    #0 0x55e4 in free ./cache/nethack-cfde0c3ab6dd/src/alloc.c:1:1
SUMMARY: AddressSanitizer: heap-use-after-free ./nle-wasm/src/port/map.c:34:9 in show_glyph
`;
const STOCK = `/y/.cache/nethack-cfde0c3ab6dd/win/tty/wintty.c:1558:19: runtime error: index -1 out of bounds for type 'struct WinDesc *[20]'
    #0 0x5632 in free_window_info ./cache/nethack-cfde0c3ab6dd/win/tty/wintty.c:1558:19
    #1 0x5633 in tty_destroy_nhwindow ./cache/nethack-cfde0c3ab6dd/win/tty/wintty.c:2447:5

SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior
`;

describe('what sanitizers write', () => {
  it('is told by kind, place and who is to blame', () => {
    const [ours, stock, ...more] = readReports(OURS + STOCK);
    expect(more).toEqual([]);
    expect(ours).toEqual({
      what: 'heap-use-after-free',
      file: 'port/map.c',
      line: 34,
      function: 'show_glyph',
      ours: true,
      stack: ['show_glyph port/map.c:34', 'done src/end.c:1201'],
    });
    expect(stock).toMatchObject({
      what: "index -1 out of bounds for type 'struct WinDesc *[20]'",
      file: 'win/tty/wintty.c',
      function: 'free_window_info',
      ours: false,
    });
  });

  it('is known only for the same kind, function and file of NetHack', () => {
    const [stock] = readReports(STOCK);
    if (stock === undefined) throw new Error('not read');
    expect(knownReport(stock)?.reason).toMatch(/WIN_MESSAGE/);
    expect(knownReport({ ...stock, ours: true })).toBeUndefined();
    expect(knownReport({ ...stock, function: 'tty_putstr' })).toBeUndefined();
    expect(knownReport({ ...stock, what: 'stack-buffer-overflow' })).toBeUndefined();
  });

  it('counts as ours where no frame tells', () => {
    const bare =
      '==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0\n    #0 0x0  (<unknown module>)\n\n';
    expect(readReports(bare)).toMatchObject([{ what: 'SEGV', ours: true, stack: [] }]);
  });
});

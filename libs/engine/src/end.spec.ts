import { describe, expect, it } from '@jest/globals';
import { gameEnd, parseXlogfile } from './end.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseXlogfile', () => {
  it('reads the last line, and keeps "=" in values', () => {
    expect(parseXlogfile(bytes('points=1\npoints=2\tdeath=killed by a=b\n'))).toEqual({
      points: '2',
      death: 'killed by a=b',
    });
  });

  it('is null without a line', () => {
    expect(parseXlogfile(bytes(''))).toBeNull();
    expect(parseXlogfile(null)).toBeNull();
  });
});

describe('gameEnd', () => {
  it('names the end', () => {
    expect(gameEnd(15, null)).toEqual({ how: 15, howName: 'ASCENDED', xlogfile: null });
  });
});

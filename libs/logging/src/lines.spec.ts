import { describe, expect, it } from '@jest/globals';
import { Lines } from './lines.ts';

function linesOf(use: (lines: Lines) => void): string[] {
  const written: string[] = [];
  use(new Lines('api', (line) => written.push(line)));
  return written;
}

describe('Lines', () => {
  it('names program, level and context', () => {
    const lines = linesOf((log) => {
      log.log('ready', 'main');
      log.warn('slow');
      log.error('broken', 'a stack', 'queue');
      log.fatal('over');
    });
    expect(lines).toEqual([
      'api: [main] ready\n',
      'api: warning: slow\n',
      'api: error: [queue] broken\n',
      'api: fatal: over\n',
    ]);
  });

  it('says in every line what every line has to say', () => {
    const written: string[] = [];
    const lines = new Lines('worker', (line) => written.push(line), 'unprotected: true');
    lines.log('ready', 'main');
    lines.error('broken');
    expect(written).toEqual([
      'worker: unprotected: true: [main] ready\n',
      'worker: unprotected: true: error: broken\n',
    ]);
  });

  it('obeys nothing that a message holds', () => {
    const written = linesOf((log) => {
      log.log('submission a\u001b]0;x\u0007b\u009b\u202e 👩‍👧', 'intake');
    });
    expect(written).toEqual(['api: [intake] submission a␛]0;x␇b\ufffd\ufffd 👩‍👧\n']);
  });

  it('shows where an error came from', () => {
    const [line] = linesOf((log) => {
      log.error(new Error('lost'));
    });
    expect(line).toMatch(/^api: error: Error: lost\n\s+at .*lines\.spec/);
  });

  it('leaves out what the framework tells of itself', () => {
    expect(
      linesOf((log) => {
        log.log('Mapped {/api, GET} route', 'RouterExplorer');
      }),
    ).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

const MODULE = new URL('./needing.js', import.meta.url).href;

/** What a runner that only prints does with a test that needs root, where it `has` it or not. */
function registered(has: boolean): { out: string; err: string } {
  const script = `const { needing } = await import(${JSON.stringify(MODULE)});
    const run = Object.assign((name) => console.log('run', name), { skip: (name) => console.log('skip', name) });
    needing('root', ${has}, run)('keeps a secret', () => undefined);`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return { out: ran.stdout, err: ran.stderr };
}

it('runs what the machine has the means for', () => {
  expect(registered(true)).toEqual({ out: 'run keeps a secret\n', err: '' });
});

it('skips what it has not, and says so', () => {
  expect(registered(false)).toEqual({
    out: 'skip keeps a secret (needs root)\n',
    err: 'skipped, since it needs root: keeps a secret\n',
  });
});

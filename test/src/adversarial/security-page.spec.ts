/** That docs/SECURITY.md names cases, files and tests that there are. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readCases } from './cases.ts';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(TOP, 'docs/SECURITY.md'), 'utf8');
const RUNTIMES = [...new Set(readCases().map(({ name }) => name.split('/')[0] ?? ''))];

/** What stands in backticks. */
const words = [...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word ?? '');
const casesNamed = words.filter((word) => new RegExp(`^(${RUNTIMES.join('|')}|\\*)/[a-z0-9*-]+$`).test(word));
const filesNamed = words.filter((word) => /^(libs|apps|test|agents|docs)\/[\w./-]+$/.test(word));

/** Of libs/sandbox, by the beginning of its name: how the page names its tests. */
const sandboxTests = (name: string): string =>
  readdirSync(join(TOP, 'libs/sandbox/src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`${name}.spec.ts`))
    .map((path) => readFileSync(join(TOP, 'libs/sandbox/src', path), 'utf8'))
    .join('\n');

describe('the page on security', () => {
  it('names many', () => {
    expect([casesNamed.length > 60, filesNamed.length > 15]).toEqual([true, true]);
  });

  it.each([...new Set(casesNamed)])('names %s, of which there are cases', (pattern) => {
    const form = new RegExp(`^${pattern.replaceAll('*', '[a-z0-9-]+')}$`);
    expect(readCases().filter(({ name }) => form.test(name))).not.toEqual([]);
  });

  it.each([...new Set(filesNamed)])('names %s, which is there', (path) => {
    // In the table of layers without the folder in between.
    const [area = '', library = '', ...rest] = path.split('/');
    expect([path, join(area, library, 'src', ...rest)].some((found) => existsSync(join(TOP, found)))).toBe(
      true,
    );
  });

  const quoted = [...PAGE.matchAll(/(\w+\.medium) "([^"…]+)…?"/g)].map(
    ([, file = '', title = '']) => [file, title] as const,
  );
  it.each(quoted)('names of %s: %s', (file, title) => {
    expect(sandboxTests(file)).toContain(`'${title}`);
  });

  it('quotes some', () => {
    expect(quoted.length).toBeGreaterThan(3);
  });

  it('names the tests of closings that there are', () => {
    const closings = readdirSync(join(TOP, 'libs/sandbox/src')).filter((name) => name.startsWith('closings'));
    expect(closings.length).toBeGreaterThan(2);
    for (const name of closings) expect(filesNamed).toContain(`libs/sandbox/src/${name}`);
  });
});

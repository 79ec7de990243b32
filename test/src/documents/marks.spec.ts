/** Each example of the documents is run by a test, or says why not. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ARENA } from '../kit/terminal.ts';
import { ROOT, blocksOf, documents, readDocument, type Block } from './blocks.ts';

const all = documents().flatMap(readDocument);
const place = ({ document, line }: Block): string => `${document}:${line}`;

describe('a block of a document', () => {
  it('is run, is a file that a command takes, or says why it is not run', () => {
    expect(all.filter(({ use }) => use.kind === 'unmarked').map(place)).toEqual([]);
  });

  it('that is a file is taken by a later command of the same document', () => {
    const idle = all.filter((block, i) => {
      const { use } = block;
      if (use.kind !== 'file') return false;
      const [folder = ''] = use.path.split('/');
      const later = all.slice(i + 1);
      return !later.some(
        ({ document, text, use: { kind } }) =>
          kind === 'run' && document === block.document && text.includes(folder),
      );
    });
    expect(idle.map(place)).toEqual([]);
  });

  it.each([
    ['```sh run\nls\n```\n', [{ kind: 'run' }]],
    ['```ts file=a/b.ts\nx\n```', [{ kind: 'file', path: 'a/b.ts' }]],
    ['```text no-run: a layout\nx\n```', [{ kind: 'no-run', reason: 'a layout' }]],
    ['```\nx\n```\n\n```sh\ny\n```', [{ kind: 'unmarked' }, { kind: 'unmarked' }]],
    ['```sh no-run\nx\n```', [{ kind: 'unmarked' }]],
    ['```sh no-run: \nx\n```', [{ kind: 'unmarked' }]],
    ['````md run\n```sh\n```\n````', [{ kind: 'run' }]],
  ])('is read from %j', (markdown, uses) => {
    expect(blocksOf('x.md', markdown).map(({ use }) => use)).toEqual(uses);
  });

  it('without an end is an error', () => {
    expect(() => blocksOf('x.md', 'a\n```sh run\nls\n')).toThrow('x.md:2: the block has no end');
  });
});

const text = documents()
  .map((document) => readFileSync(join(ROOT, document), 'utf8'))
  .join('\n');

describe('a command that the documents name', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  // of templates: their own package.json
  const own = new Set([...Object.keys(scripts), 'build']);

  it.each([...new Set([...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name))])(
    'is a script: npm run %s',
    (name) => {
      expect(own).toContain(name);
    },
  );

  const commands = new Map<string, Set<string>>();
  for (const [, name = '', rest = ''] of text.matchAll(
    /\barena ((?:admin|engine|runtime) [a-z-]+|[a-z]+)((?: [^`\n|;&#]*)?)/g,
  ))
    for (const [, option = ''] of rest.matchAll(/ (--[a-z][a-z-]*)/g))
      commands.set(name, (commands.get(name) ?? new Set()).add(option));

  it.each([...commands].map(([name, options]) => [name, [...options]] as const))(
    'knows its options: arena %s %j',
    (name, options) => {
      const help = execFileSync(process.execPath, [ARENA, ...name.split(' '), '--help'], {
        encoding: 'utf8',
      });
      expect(options.filter((option) => option !== '--help' && !help.includes(option))).toEqual([]);
    },
  );

  it('has links that lead to files', () => {
    const lost = documents().flatMap((document) => {
      const markdown = readFileSync(join(ROOT, document), 'utf8');
      return [...markdown.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, document, '..', target)))
        .map((target) => `${document}: ${target}`);
    });
    expect(lost).toEqual([]);
  });
});

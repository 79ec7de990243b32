/**
 * The examples of the documents. A fenced block's info string says what becomes of it: ```sh run, a command that is run; ```ts file=PATH,
 * a file that a later command takes; ```text no-run: REASON, nothing, and why.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Block {
  /** From the repository's top. */
  readonly document: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  readonly text: string;
  readonly use:
    | { readonly kind: 'run' }
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'no-run'; readonly reason: string }
    | { readonly kind: 'unmarked' };
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*)$/;

function useOf(info: string): Block['use'] {
  const [, rest = ''] = /^\S*\s*(.*)$/.exec(info) ?? [];
  if (rest === 'run') return { kind: 'run' };
  const file = /^file=(\S+)$/.exec(rest)?.[1];
  if (file !== undefined) return { kind: 'file', path: file };
  const reason = /^no-run: (\S.*)$/.exec(rest)?.[1];
  return reason === undefined ? { kind: 'unmarked' } : { kind: 'no-run', reason };
}

/** All fenced blocks of a document in their order. Throws for one that has no end. */
export function blocksOf(document: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; fence: string; use: Block['use']; lines: string[] } | null = null;
  for (const [i, line] of markdown.split('\n').entries()) {
    const [, , fence = '', info = ''] = FENCE.exec(line) ?? [];
    if (open === null) {
      if (fence !== '') open = { line: i + 1, fence, use: useOf(info.trim()), lines: [] };
    } else if (fence.startsWith(open.fence) && info === '') {
      const text = open.lines.map((each) => `${each}\n`).join('');
      blocks.push({ document, line: open.line, text, use: open.use });
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) throw new Error(`${document}:${open.line}: the block has no end`);
  return blocks;
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.arena', 'out']);

/** Paths of all documents, from the repository's top. */
export function documents(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : documents(path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}

export const readDocument = (document: string): Block[] =>
  blocksOf(document, readFileSync(join(ROOT, document), 'utf8'));

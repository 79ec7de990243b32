import { describe, expect, it } from '@jest/globals';
import { renamed } from './index.ts';
import { firstSentence } from './templates.ts';

const MANIFEST = `{
  "name": "my-agent",
  "version": "1", "kind": "symbolic", "runtime": "node", "entry": "a.js",
  "fields": ["misc"], "authors": ["name"]
}`;

describe('a template', () => {
  it('gets the name of its folder, and nothing else is changed', () => {
    expect(renamed(MANIFEST, 'sokoban "fan"')).toBe(MANIFEST.replace('"my-agent"', '"sokoban \\"fan\\""'));
  });

  it('of 2021 gets it, too', () => {
    const old = '{ "challenge_id": "x", "name": "my-agent", "authors": ["name"] }';
    const named = (name: string): string => renamed(old, name, 'aicrowd.json');
    expect(named('sokoban')).toBe(old.replace('my-agent', 'sokoban'));
    for (const name of ['', 'x'.repeat(65), 'a\nb']) expect(named(name)).toBe(old);
  });

  it.each(['', 'x'.repeat(65), 'a\nb'])('keeps its own where a manifest may not have it: %j', (name) => {
    expect(renamed(MANIFEST, name)).toBe(MANIFEST);
  });

  it.each([
    ['# Title\n\nFirst one, e.g.this. Second\none.\n', 'First one, e.g.this'],
    ['# Title\n\n\nNo full stop\nbut two lines\n\nmore', 'No full stop but two lines'],
    ['', ''],
  ])('is summed up by the first sentence of %j', (readme, sentence) => {
    expect(firstSentence(readme)).toBe(sentence);
  });
});

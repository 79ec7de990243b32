import { describe, expect, it } from '@jest/globals';
import { foreignParts, type Origin } from './artefacts.ts';

const ORIGIN: Origin = {
  ...{ file: 'docs/x.json', engine: 'e'.repeat(64), ofAll: true, remedy: 'npm run x' },
  agents: { one: 'a'.repeat(64), two: 'b'.repeat(64) },
};
const TODAY = { engine: ORIGIN.engine, agents: ORIGIN.agents };

describe('foreignParts', () => {
  it('finds nothing in an artefact of today’s engine and agents', () => {
    expect(foreignParts(ORIGIN, TODAY)).toEqual([]);
  });

  it('names the file, both engines and what makes it again', () => {
    expect(foreignParts(ORIGIN, { ...TODAY, engine: 'f'.repeat(64) })).toEqual([
      "docs/x.json: it is of engine eeeeeeeeeeee, today's is ffffffffffff. Make it again: npm run x",
    ]);
  });

  it('names agents that changed, are gone, or are not in it', () => {
    const found = foreignParts(ORIGIN, { ...TODAY, agents: { one: 'c'.repeat(64), three: 'd'.repeat(64) } });
    expect(found.map((line) => line.slice('docs/x.json: '.length).split('. ')[0])).toEqual([
      "it is of one aaaaaaaaaaaa, today's is cccccccccccc",
      'it is of an agent two, which is not there any more',
      'it lacks the agent three',
    ]);
  });

  it('asks for all agents only of what must be of all', () => {
    const part = { ...ORIGIN, ofAll: false, agents: { one: 'a'.repeat(64) } };
    expect(foreignParts(part, TODAY)).toEqual([]);
  });
});

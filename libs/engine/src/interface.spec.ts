import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ACTIONS, CHALLENGE_OPTIONS, END_NAMES, FIELDS } from './index.ts';

/** NLE's own tables, recorded; see test/engine. */
const recorded = JSON.parse(
  readFileSync(new URL('../../../test/engine/interface.json', import.meta.url), 'utf8'),
) as {
  actions: unknown[];
  observations: Record<string, { shape: number[]; dtype: string }>;
  gameEnd: Record<string, number>;
  options: string[];
};

/** What is compared, here or, where an engine must answer, in tables.spec. */
const COMPARED = [
  ...['actions', 'usefulActionKeys', 'taskActionKeys', 'constants', 'observations', 'gameEnd', 'options'],
];

describe('the interface as NLE has it', () => {
  it('has no table that is not compared', () => {
    expect(Object.keys(recorded).sort()).toEqual(COMPARED.sort());
  });

  it('121 actions', () => {
    expect(ACTIONS).toEqual(recorded.actions);
  });

  it('17 fields; blstats have 32 bits here', () => {
    const ours = Object.fromEntries(FIELDS.map(({ name, shape, dtype }) => [name, { shape, dtype }]));
    expect(ours).toEqual({ ...recorded.observations, blstats: { shape: [27], dtype: 'int32' } });
  });

  it('end codes', () => {
    expect(Object.fromEntries(END_NAMES.map((name, how) => [name, how]))).toEqual(recorded.gameEnd);
  });

  it('the challenge’s options', () => {
    expect(CHALLENGE_OPTIONS.split(',')).toEqual(recorded.options);
  });
});

import { CHALLENGE_LIMITS, type CompetitionView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { competitionFor } from './competition.ts';

const BASE = 'http://arena.example.org';
const competition = (slug: string): CompetitionView => ({
  ...{ slug, name: slug.toUpperCase(), description: '', gamesPerEvaluation: 4, limits: CHALLENGE_LIMITS },
  screenDescriptions: false,
});
const choose = (slugs: readonly string[], wanted?: string): Promise<string> =>
  competitionFor({ competitions: () => Promise.resolve(slugs.map(competition)) }, BASE, wanted);

describe('the competition to submit to', () => {
  it.each<[string, string[], string | undefined, string]>([
    ['is the one that was asked for', ['demo', 'spring'], 'spring', 'spring'],
    ['is demo where the server has it', ['spring', 'demo', 'autumn'], undefined, 'demo'],
    ['is the only one', ['demo-8'], undefined, 'demo-8'],
  ])('%s', async (_what, slugs, wanted, chosen) => {
    expect(await choose(slugs, wanted)).toBe(chosen);
  });

  it.each<[string, string[], string | undefined, string]>([
    [
      'one of several must be named',
      ['demo-8', 'spring'],
      undefined,
      `${BASE} has 2 competitions. Say which, by --competition NAME:\n  demo-8  DEMO-8, 4 games\n  spring  SPRING, 4 games`,
    ],
    [
      'a wrong name comes with the right ones',
      ['spring'],
      'sprung',
      `${BASE} has no competition 'sprung'. Say one of its own:\n  spring  SPRING, 4 games`,
    ],
    [
      'a server may have none yet',
      [],
      undefined,
      `${BASE} has no competition yet: its organiser makes one (docs/OPERATING.md)`,
    ],
  ])('%s', async (_what, slugs, wanted, message) => {
    await expect(choose(slugs, wanted)).rejects.toThrow(message);
  });

  it('is told from at most twenty', async () => {
    const slugs = Array.from({ length: 23 }, (_, i) => `c${i}`);
    await expect(choose(slugs)).rejects.toThrow(/:\n {2}c3 [^]* {2}c22 .*\n {2}… and 3 older$/);
  });
});

import type { CompetitionView } from '@arena/contracts';
import { plural } from '@arena/contracts';
import type { ArenaClient } from '@arena/client';
import { printable } from '@arena/report';
import { CommandError } from '../usage.ts';
import { asked } from './refusal.ts';

/** What `npm start` makes. */
const USUAL = 'demo';
/** A server may have many; the oldest come first, and the last are the ones that run. */
const MOST_LISTED = 20;

/**
 * The competition to submit to: the one that was asked for, else `demo`, else the only one there is. Throws CommandError with the list
 * where that settles nothing.
 */
export async function competitionFor(
  client: Pick<ArenaClient, 'competitions'>,
  base: string,
  wanted: string | undefined,
): Promise<string> {
  const competitions = await asked(base, client.competitions());
  const has = (slug: string): boolean => competitions.some((each) => each.slug === slug);
  const [only] = competitions;
  if (only === undefined)
    throw new CommandError(`${base} has no competition yet: its organiser makes one (docs/OPERATING.md)`);
  if (wanted !== undefined) {
    if (has(wanted)) return wanted;
    throw new CommandError(
      `${base} has no competition '${wanted}'. Say one of its own:\n${listed(competitions)}`,
    );
  }
  if (has(USUAL)) return USUAL;
  if (competitions.length === 1) return only.slug;
  throw new CommandError(
    `${base} has ${competitions.length} competitions. Say which, by --competition NAME:\n${listed(competitions)}`,
  );
}

function listed(competitions: readonly CompetitionView[]): string {
  const shown = competitions.slice(-MOST_LISTED);
  const width = Math.max(...shown.map(({ slug }) => slug.length)) + 2;
  const lines = shown.map(
    ({ slug, name, gamesPerEvaluation }) =>
      `  ${printable(slug).padEnd(width)}${printable(name)}, ${plural(gamesPerEvaluation, 'game')}`,
  );
  const more = competitions.length - shown.length;
  return [...lines, ...(more > 0 ? [`  … and ${more} older`] : [])].join('\n');
}

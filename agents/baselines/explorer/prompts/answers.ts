import type { Answer } from '../command.ts';
import { KEYS } from '../command.ts';

/** Answers that are right whatever was being done, tried after the command's own. First match counts. */
export const STANDING_ANSWERS: readonly Answer[] = [
  { when: /^Really attack/, keys: KEYS.escape },
  { when: /Beware, there will be no return/, keys: 'n' },
  { when: /Stop eating\?/, keys: 'y' },
  { when: /Continue eating|Resume eating/, keys: 'y' },
  { when: /You have .* trouble lifting|Continue\?/, keys: 'n' },
  { when: /Do you want to add to the (?:current )?(?:engraving|writing)/, keys: 'n' },
  // A vault guard lets go whoever calls himself so.
  { when: /who are you\?/, keys: 'Croesus\r' },
  { when: /Pay\?|[Pp]ay .*\?/, keys: 'y' },
  { when: /Really quit|Really save/, keys: 'n' },
  { when: /In what direction|Where do you want/, keys: KEYS.escape },
  { when: /What do you want to (?:call|name)|Call |What is the name/, keys: KEYS.escape },
  { when: /What class of monsters|What monster do you want to genocide/, keys: 'soldier ant\r' },
  { when: /For what do you wish/, keys: '2 blessed scrolls of genocide\r' },
  {
    when: /possessions identified|see your attributes|creatures vanquished|see your conduct|dungeon overview/,
    keys: 'n',
  },
];

/** What none of explorer's games showed in a hundred is brought about by the keys of debug mode: mapping, teleports, wishes, monsters. */
const beside = '\x07jackal\r';

export const STAGED = [
  {
    by: 'flee',
    ...{ seed: 40, character: 'arc-hum-neu-mal' },
    // To the square beside the stairs, down by them, and two jackals where they end.
    keys: `\x1b\x06\x1b\x14>l.\x1bh\x1b>\x1b${beside}${beside}\x1b`,
  },
  {
    by: 'read',
    ...{ seed: 2, character: 'arc-hum-neu-mal' },
    keys: `\x1b\x17scroll of enchant armor\r\x1b${beside}${beside}${beside}`,
  },
  {
    by: 'leave shop',
    ...{ seed: 2, character: 'arc-hum-neu-mal' },
    keys: `\x1b\x06\x1b\x07peaceful shopkeeper\ry\x1b`,
  },
  {
    by: 'dig out',
    ...{ seed: 2, character: 'arc-hum-neu-mal' },
    // The wand is made known, and the stairs are left, where nobody digs; soldiers respect no Elbereth.
    keys: '\x1b\x17wand of digging\r\x1b\x09_\r\x1bh\x07soldier\r\x1b',
  },
  {
    by: 'to stairs up',
    ...{ seed: 2, character: 'arc-hum-neu-mal' },
    // Down by the stairs, two squares away from those that lead back.
    keys: '\x1b\x06\x1b\x14>.\x1b>\x1bhh\x1b\x07soldier\r\x1b',
  },
];

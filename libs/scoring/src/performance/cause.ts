/**
 * What ended a game, in few words, from the xlogfile's `death`: without articles, names, and what the hero was doing, so
 * that the same monster counts as one cause. `killed by a jackal, while sleeping` and `killed by an invisible jackal`
 * are both `jackal`; other deaths keep their verb: `poisoned by a rotted corpse` is `poisoned by rotted corpse`.
 */
export function causeOfDeath(death: string): string {
  return death
    .replace(/, while .*$/, '')
    .replace(/\b(?:an?|the|his|her|its) (?=\S)/gi, '')
    .replace(/\b(?:invisible|hallucinogen-distorted|saddled) /g, '')
    .replace(/ (?:called|named) .*$/, '')
    .replace(/(?:Mr|Ms|Mrs)\. \S+, shopkeeper|^killed by \S+, shopkeeper/, 'shopkeeper')
    .replace(/(ghost|priest|priestess|minion|Angel) of .*$/, '$1')
    .replace(/^killed by (?:Oops! )?/, '')
    .trim();
}

import type { Action } from '@arena/agent';

const WAYS = {
  ...{ N: 'north', E: 'east', S: 'south', W: 'west' },
  ...{ NE: 'northeast', SE: 'southeast', SW: 'southwest', NW: 'northwest' },
} as const;

/** Of the eight directions, as the texts call them. */
export const DIRECTIONS: readonly string[] = Object.values(WAYS);

/** They end the game, leave it, or show what has nothing to do with it. */
const LEFT_OUT = new Set([
  ...[
    'QUIT',
    'SAVE',
    'SHELL',
    'OPTIONS',
    'HISTORY',
    'VERSION',
    'VERSIONSHORT',
    'EXTLIST',
    'EXTCMD',
    'REDRAW',
  ],
  ...['CONDUCT', 'KNOWN', 'KNOWNCLASS', 'WHATDOES', 'AUTOPICKUP', 'ANNOTATE', 'CALL', 'ESC'],
]);

/** What stands for keys in questions beside single letters. */
const ANSWERS: Record<string, number> = { escape: 27, return: 13, space: 32, yes: 121, no: 110 };

/** The names by which a model may choose, and their keys. */
export class Vocabulary {
  readonly #names = new Map<string, number>();
  readonly #keys: ReadonlySet<number>;

  constructor(actions: readonly Action[]) {
    this.#keys = new Set(actions.map(({ key }) => key));
    for (const { set, name, key } of actions) {
      const way = WAYS[name as keyof typeof WAYS] as string | undefined;
      if (set === 'CompassDirection' && way !== undefined) this.#names.set(way, key);
      else if (set === 'CompassDirectionLonger' && way !== undefined) this.#names.set(`far ${way}`, key);
      else if (set === 'MiscDirection' || (set === 'Command' && !LEFT_OUT.has(name)))
        this.#names.set(name.toLowerCase(), key);
    }
  }

  /** All that can be chosen where no question is open. */
  get names(): readonly string[] {
    return [...this.#names.keys()];
  }

  /** The key for a word; in a question also for a single letter. Undefined for what stands for none. */
  key(word: string, inQuestion: boolean): number | undefined {
    const trimmed = word.trim();
    if (inQuestion) {
      const key = trimmed.length === 1 ? trimmed.charCodeAt(0) : ANSWERS[trimmed.toLowerCase()];
      if (key !== undefined) return this.#keys.has(key) ? key : undefined;
    }
    return this.#names.get(trimmed.toLowerCase().replace(/[\s_-]+/g, ' '));
  }
}

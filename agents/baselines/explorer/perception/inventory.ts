import { textOf } from './text.ts';

/** Object classes as `inv_oclasses` numbers them. */
export const CLASS = {
  weapon: 2,
  armour: 3,
  ring: 4,
  amulet: 5,
  tool: 6,
  food: 7,
  potion: 8,
  scroll: 9,
  book: 10,
  wand: 11,
  coin: 12,
  gem: 13,
} as const;

export interface Item {
  readonly letter: string;
  readonly class: number;
  readonly quantity: number;
  /** Without count, curse state, enchantment and what stands in brackets: `dagger`, `food ration`. */
  readonly name: string;
  readonly enchantment: number;
  readonly cursed: boolean;
  readonly blessed: boolean;
  readonly wielded: boolean;
  readonly worn: boolean;
  readonly quivered: boolean;
  readonly alternate: boolean;
  readonly unpaid: boolean;
}

const PATTERN = /^(a|an|the|\d+) (?:(blessed|uncursed|cursed) )?(.*)$/;
const ADJECTIVES =
  /^(?:(?:very |thoroughly )?(?:rusty|corroded|burnt|rotted)|rustproof|rotproof|fireproof|fixed|tainted|greased|poisoned|partly eaten|empty|historic|diluted|partly used) /;

/** Reads one line of the inventory as the game writes it. */
export function parseItem(letter: string, objectClass: number, text: string): Item {
  const match = PATTERN.exec(text);
  const count = Number(match?.[1]);
  const brackets =
    /\(([^()]*(?:in hand|in hands|weapon|being worn|quiver|at the ready|unpaid|wielded|on left|on right)[^()]*)\)/.exec(
      text,
    )?.[1] ?? '';
  let name = (match?.[3] ?? text).replace(/ \(.*$/, '').replace(/ (?:named|called|labeled) .*$/, '');
  for (let shorter = name.replace(ADJECTIVES, ''); shorter !== name; shorter = name.replace(ADJECTIVES, ''))
    name = shorter;
  const enchantment = /^([+-]\d+) /.exec(name)?.[1] ?? '';
  name = name.slice(enchantment ? enchantment.length + 1 : 0);
  for (let shorter = name.replace(ADJECTIVES, ''); shorter !== name; shorter = name.replace(ADJECTIVES, ''))
    name = shorter;
  return {
    letter,
    class: objectClass,
    quantity: Number.isNaN(count) ? 1 : count,
    name: singular(name),
    enchantment: Number(enchantment || 0),
    cursed: match?.[2] === 'cursed',
    blessed: match?.[2] === 'blessed',
    wielded: /in hand|wielded/.test(brackets) && !/alternate/.test(brackets),
    worn: /being worn|on left|on right/.test(brackets),
    quivered: /quiver|at the ready/.test(brackets),
    alternate: /alternate weapon/.test(brackets),
    unpaid: /unpaid/.test(brackets),
  };
}

/** NetHack's plurals of the things this agent asks for by name. */
function singular(name: string): string {
  return name
    .replace(/^(potion|scroll|wand|ring|tin|slice|lump|clove|sprig|can|egg|candle)s( |$)/, '$1$2')
    .replace(/([a-z])s$/, (_all, last: string) => (last === 's' || last === 'u' ? `${last}s` : last))
    .replace(/kniv$|knive$/, 'knife')
    .replace(/^lembas wafe$/, 'lembas wafer');
}

/** The whole inventory. */
export function readInventory(letters: Uint8Array, classes: Uint8Array, lines: Uint8Array): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? 0;
    if (letter === 0) break;
    items.push(parseItem(String.fromCharCode(letter), classes[i] ?? 0, textOf(lines, i * 80, 80)));
  }
  return items;
}

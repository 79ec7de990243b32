import { Engine, type Observation, type Tables } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { inventoryText, messageText, statusText, surroundingsText } from './index.ts';
import { textOf } from './characters.ts';
import { recorded } from './testing/recorded.ts';

let tables: Tables;
let items: Observation[];
let wizard: Observation[];
let walk: Observation[];
beforeAll(async () => {
  ({ tables } = await Engine.load());
  items = recorded('full-items');
  wizard = recorded('full-wizard');
  walk = recorded('full-walk');
});
const at = (game: readonly Observation[], i: number): Observation => {
  const found = game[i];
  if (found === undefined) throw new Error(`no observation ${i}`);
  return found;
};

describe('recorded games in words', () => {
  it('tell of a fight', () => {
    const seen = at(items, 100);
    expect(messageText(seen)).toBe('You miss the grid bug.  The grid bug bites!  You get zapped!');
    expect(statusText(seen).split('\n')).toEqual([
      'HP 7(11), energy 9(9), armor class 9, experience level 1 (0 points)',
      'strength 9, dexterity 14, constitution 12, intelligence 20, wisdom 8, charisma 12, chaotic',
      'level 1 of the Dungeons of Doom (depth 1), turn 24, gold 0, score 0',
    ]);
    expect(surroundingsText(seen, tables).split('\n')).toEqual([
      'You: elven wizard called Agent',
      'Beside you: north wall; northeast doorway; east grid bug; southeast floor of a room; south kobold zombie; southwest floor of a room; west floor of a room; northwest wall',
      'Monsters: grid bug 1 east; kobold zombie 1 south',
      'Objects: a kitten corpse 1 east 2 south; some gold pieces 2 southeast',
      'Places: doorway 1 northeast, 5 east, 12 east',
    ]);
    expect(inventoryText(seen).split('\n').slice(0, 2)).toEqual([
      'a - a blessed +1 quarterstaff',
      'b - an uncursed +0 cloak of magic resistance (being worn)',
    ]);
  });

  it('tell of hunger', () => {
    expect(statusText(at(wizard, 200)).split('\n')[3]).toBe('satiated');
  });

  it('tell of questions, lines to be typed, menus, pages and --More--', () => {
    expect(messageText(at(items, 1))).toBe('Question: What do you want to drop? [a-m or ?*]');
    expect(messageText(at(items, 32))).toBe('You have no ammunition readied. --More--');
    expect(messageText(at(wizard, 47))).toBe('Type a line: For what do you wish? ble');
    expect(messageText(at(items, 108))).toMatch(
      /^Menu:\nDrop what type of items\?\n\nA - Auto-select every item\n/,
    );
    expect(messageText(at(items, 108))).toMatch(/U - Items known to be Uncursed\n\(end\)$/);
    expect(messageText(at(items, 154))).toBe("Text:\nAgent the Wizard's attributes:\n--More--");
    expect(messageText(at(walk, 60))).toBe(
      'Text:\nThe Dungeons of Doom:\n   Level 1: <- You were here.\n      Final resting place for\n         you, killed by a falling rock.\n--More--',
    );
  });

  it('name nothing but by the words of the look-up, so that no thing is known by more than its looks', () => {
    for (const seen of [...items, ...wizard, ...walk]) {
      const words = new Set(
        Array.from({ length: 1659 }, (_, i) =>
          textOf(seen.screen_descriptions.subarray(i * 80, i * 80 + 80)),
        ),
      );
      for (const line of surroundingsText(seen, tables).split('\n').slice(2)) {
        for (const kind of line.slice(line.indexOf(':') + 2).split('; '))
          expect(words).toContain(
            kind.replace(
              /(,? ((\d+ (north|south|east|west)(east|west)?)( \d+ (north|south))?|\d+ more))+$/,
              '',
            ),
          );
      }
    }
  });

  it('tell of every monster and thing in view', () => {
    for (const seen of [...items, ...wizard, ...walk].filter((_, i) => i % 10 === 0)) {
      const text = surroundingsText(seen, tables);
      if (text === '') continue;
      const [x = 0, y = 0] = seen.blstats;
      seen.glyphs.forEach((glyph, i) => {
        const isThere = tables.glyphs.is('monster', glyph) || tables.glyphs.is('object', glyph);
        if (isThere && i !== y * 79 + x)
          expect(text).toContain(textOf(seen.screen_descriptions.subarray(i * 80, i * 80 + 80)));
      });
    }
  });
});

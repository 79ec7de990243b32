import { describe, expect, it } from '@jest/globals';
import { seen, type Situation } from '../../support/situation.ts';
import { Random } from '../random.ts';
import { Dialogue } from './dialogue.ts';
import { Watchdog } from './watchdog.ts';

const map = ['@.'];
const look = (situation: Partial<Situation> = {}) => seen({ map, ...situation });
const asked = (message: string) => look({ message, misc: [1, 0, 0] });

describe('the dialogue with the game', () => {
  it('types a command, answers its questions, and then is free', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: 't', then: 'bh' });
    expect(dialogue.next(look())).toBe('t');
    expect(dialogue.next(asked('What do you want to throw? [ab or ?*]'))).toBe('b');
    expect(dialogue.next(asked('In what direction?'))).toBe('h');
    expect(dialogue.next(look({ message: 'The dagger misses the newt.' }))).toBeNull();
    expect(dialogue.said).toContain('The dagger misses the newt.');
  });

  it('never types a reply as a command', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: 'e', then: 'c' });
    expect(dialogue.next(look())).toBe('e');
    expect(dialogue.next(look({ message: "You don't have anything to eat." }))).toBeNull();
  });

  it('refuses to attack the peaceful and remembers the question', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: 'Fh' });
    dialogue.next(look());
    dialogue.next(look());
    expect(dialogue.next(asked('Really attack the gnome?'))).toBe('\x1b');
    expect(dialogue.question).toBe('Really attack the gnome?');
  });

  it('writes a whole line', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: 'E', answers: [{ when: /write in the dust/, keys: 'Elbereth\r' }] });
    dialogue.next(look());
    const line = look({ screen: ['What do you want to write in the dust here?'], misc: [0, 1, 0] });
    expect(Array.from({ length: 9 }, () => dialogue.next(line)).join('')).toBe('Elbereth\r');
  });

  it('dismisses --More-- and takes what it wants from menus', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: ',', choose: ({ text }) => text.includes('dagger') });
    dialogue.next(look());
    expect(
      dialogue.next(look({ screen: ['You see here things.--More--'], cursor: [0, 28], misc: [0, 0, 1] })),
    ).toBe(' ');
    const menu = { cursor: [3, 6] as [number, number], misc: [0, 0, 1] as [number, number, number] };
    const before = ['Pick up what?', 'a - a rock', 'b - a dagger', '(end)'];
    const after = ['Pick up what?', 'a - a rock', 'b + a dagger', '(end)'];
    expect(dialogue.next(look({ screen: before, ...menu }))).toBe('b');
    expect(dialogue.next(look({ screen: after, ...menu }))).toBe(' ');
  });

  it('finds a way out of a question that comes again and again', () => {
    const dialogue = new Dialogue();
    dialogue.begin({ by: 'test', keys: 's' });
    const keys = new Set(Array.from({ length: 30 }, () => dialogue.next(asked('Shall I compare thee?'))));
    for (const key of ['\x1b', 'n', 'y', 'q', '\r']) expect(keys).toContain(key);
  });
});

describe('the watchdog', () => {
  it('is silent while time passes and tries everything when it stands still', () => {
    const watchdog = new Watchdog();
    const random = new Random(1);
    for (let turn = 1; turn < 200; turn++)
      expect(watchdog.check(look({ status: { 20: turn } }), random)).toBeNull();
    const keys = new Set(
      Array.from({ length: 500 }, () => watchdog.check(look({ status: { 20: 7 } }), random)),
    );
    for (const key of [null, '\x1b', 's', ' ', 'h', 'j', 'k', 'l']) expect(keys).toContain(key);
  });
});

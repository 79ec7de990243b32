/** Who is written for, who is left alone, what is eaten: what a wrong word or a wrong rank would change in every game. */
import { describe, expect, it } from '@jest/globals';
import { decision, look, worldOf } from '../../support/decide.ts';
import type { Situation } from '../../support/situation.ts';

const beside = (letter: string): string[] => ['-------', '|.....|', `|.@${letter}..|`, '|.....|', '-------'];

describe('losing a fight', () => {
  const losing = (letter: string, name: string): Situation => ({
    ...{ map: beside(letter), legend: { [letter]: name }, status: { 10: 8, 11: 30 } },
  });

  it('writes the very word that beasts respect', () => {
    const command = decision(worldOf(losing('r', 'soldier ant')));
    expect(command).toMatchObject({ by: 'escape', keys: 'E' });
    expect(command?.answers).toContainEqual({ when: expect.any(RegExp), keys: 'Elbereth\r' });
    const questions = command?.answers?.map(({ when }) => when) ?? [];
    expect(questions.some((when) => when.test('What do you want to write in the dust here?'))).toBe(true);
  });

  it.each(['soldier', 'minotaur'])('does not write it for a %s, who does not respect it', (name) => {
    const command = decision(worldOf(losing('h', name)));
    expect(command?.by).not.toBe('escape');
    expect(command?.keys).not.toBe('E');
  });
});

describe('a monster that was found to be peaceful', () => {
  const ORC = { map: beside('o'), legend: { o: 'hill orc' } };

  it('is not fought; the same monster unknown is', () => {
    expect(decision(worldOf(ORC, ORC))).toMatchObject({ by: 'fight' });
    const world = worldOf(ORC);
    const [orc] = world.foes;
    if (orc === undefined) throw new Error('there is no orc');
    world.friends.add(world.monsterAt(orc.cell), orc.cell, world.status.turn);
    const known = decision(look(world, ORC));
    expect(known?.by).not.toBe('fight');
    expect(known?.keys).not.toMatch(/^F/);
  });
});

describe('a corpse', () => {
  const WELCOME = 'Hello Agent, welcome to NetHack!  You are a lawful female';
  const fell = (name: string, message: string): Situation => ({
    ...{ map: beside('c'), legend: { c: `corpse ${name}` }, message },
  });
  const fought = (name: string, message = ''): Situation => ({
    ...{ map: beside('d'), legend: { d: name }, message },
  });
  const doesNext = (...situations: readonly Situation[]): string | undefined =>
    decision(worldOf(...situations))?.by;

  it('is eaten of whom it saw fall, not of another kind, nor of what was dead before', () => {
    expect(doesNext(fought('jackal'), fell('jackal', 'You kill the jackal!'))).toBe('to corpse');
    expect(doesNext(fought('jackal'), fell('jackal', 'The jackal is killed!'))).toBe('to corpse');
    expect(doesNext(fought('jackal'), fell('sewer rat', 'You kill the jackal!'))).not.toBe('to corpse');
    expect(doesNext(fought('jackal'), fell('jackal', 'You destroy the kobold zombie!'))).not.toBe(
      'to corpse',
    );
    // The jackal stood there, but another one was killed.
    const two = { map: ['-------', '|d...n|', '|.@...|'], legend: { d: 'jackal', n: 'newt' } };
    const one = { map: ['-------', '|d....|', '|.@...|'], legend: { d: 'corpse jackal' } };
    expect(doesNext(two, { ...one, message: 'You kill the newt!' })).not.toBe('to corpse');
    expect(doesNext(two, { ...one, message: 'You kill the jackal!' })).toBe('to corpse');
    // Its like lay there before: four squares from where the other one fell.
    const far = {
      map: ['-------', '|d....|', '|.@...|', '|....c|', '-------'],
      legend: { d: 'jackal', c: 'corpse newt' },
    };
    const away = { ...far, legend: { ...far.legend, d: 'corpse jackal', c: 'corpse jackal' } };
    expect(worldOf(far, { ...away, message: 'You kill the jackal!' }).level.corpseTurn.size).toBe(1);
  });

  it.each([
    ['dwarven Valkyrie', 'dwarf', false],
    ['dwarven Archeologist', 'dwarf lord', false],
    ['gnomish Wizard', 'gnome king', false],
    ['dwarven Archeologist', 'gnome', true],
    ['gnomish Healer', 'dwarf', true],
    ['dwarven Cavewoman', 'dwarf', true],
    ['orcish Barbarian', 'hill orc', true],
    ['human Samurai', 'gnome', true],
    // The longest of these words take two lines.
    ['gnomish\nArcheologist', 'gnome lord', false],
    ['gnomish\nArcheologist', 'dwarf', true],
  ])('in the game of a %j: a %s is eaten: %s', (hero, name, eaten) => {
    const situations = [
      fought(name, `${WELCOME} ${hero}. Be careful!  New moon tonight.`),
      fell(name, `You kill the ${name}!`),
    ];
    expect(doesNext(...situations) === 'to corpse').toBe(eaten);
  });

  it.each([
    ['dwarf', false],
    ['gnome lord', false],
    ['gnomish wizard', false],
    ['hill orc', true],
  ])('of a %s is eaten before it is known who the hero is: %s', (name, eaten) => {
    expect(doesNext(fought(name), fell(name, `You kill the ${name}!`)) === 'to corpse').toBe(eaten);
  });

  it.each([
    ['There is a jackal corpse here; eat it? [ynq] (n)', true],
    ['There are 2 jackal corpses here; eat one? [ynq] (n)', true],
    ['There is a partly eaten jackal corpse here; eat it? [ynq] (n)', true],
    ['There is a werejackal corpse here; eat it? [ynq] (n)', false],
    ['There are 3 werejackal corpses here; eat one? [ynq] (n)', false],
    ['There is a partly eaten werejackal corpse here; eat it? [ynq] (n)', false],
    ['There is a tripe ration here; eat it? [ynq] (n)', false],
  ])('of a jackal is meant by "%s": %s', (question, meant) => {
    const above = { map: ['-------', '|.....|', '|..@..|'] };
    const command = decision(worldOf(fought('jackal'), fell('jackal', 'You kill the jackal!'), above));
    expect(command).toMatchObject({ by: 'eat corpse', keys: 'e' });
    const answer = command?.answers?.find(({ when }) => when.test(question));
    expect(answer?.keys).toBe(meant ? 'y' : undefined);
  });
});

describe('in a shop', () => {
  const room = (row: string): string[] => ['-------', '|.....|', row, '|.....|', "--'----", '  #    '];
  const empty = { map: room('|....@|') };

  it.each([
    ['seen before its owner was', [empty, { map: room('|.@..s|'), legend: { s: 'shopkeeper' } }]],
    ['seen at once with its owner', [{ map: room('|.@..s|'), legend: { s: 'shopkeeper' } }]],
    [
      'whose owner stands above',
      [{ map: ['-------', '|s....|', '|.@...|', '|.....|', "--'----"], legend: { s: 'shopkeeper' } }],
    ],
  ])('%s, it walks out by the door and takes nothing', (_what, situations) => {
    const world = worldOf(...situations);
    expect(world.level.forbidden.reduce((sum, one) => sum + one, 0)).toBe(15);
    expect(decision(world)).toMatchObject({ by: 'leave shop', keys: expect.stringMatching(/^m?j$/) });
  });

  it('leaves what lies there when it looks in from the door', () => {
    const outside = { map: ['', '', '', '', "  '", '  @'] };
    const does = (owner: string): string | undefined => {
      const map = ['-------', '|....G|', '|s....|', '|.....|', '--@----', '  #    '];
      return decision(worldOf(outside, { map, legend: { s: owner, G: 'thing gold piece' } }))?.by;
    };
    expect(does('watchman')).toBe('collect');
    expect(does('shopkeeper')).not.toBe('collect');
  });

  it('stays in any other room', () => {
    expect(decision(worldOf(empty, { map: room('|.@..s|'), legend: { s: 'watchman' } }))?.by).not.toBe(
      'leave shop',
    );
  });

  /** Squares that are forbidden in the end. */
  const forbidden = (...situations: readonly Situation[]): number =>
    worldOf(...situations).level.forbidden.reduce((sum, one) => sum + one, 0);
  const keeper = { legend: { s: 'shopkeeper' } };

  it('counts anew at each look at its owner, of whom it saw hardly a square at first', () => {
    const glimpse = { map: ['', '', '  s', '', "  '", '  @'], ...keeper };
    const inside = { map: ['-------', '|....s|', '|.....|', '|.....|', '--@----'], ...keeper };
    expect(forbidden(glimpse)).toBe(1);
    expect(forbidden(glimpse, inside)).toBe(15);
  });

  it.each([
    ['side by side', [['.s.', '.s.@..']]],
    [
      'one after the other',
      [
        ['.s.', '...@..'],
        ['...', '.s.@..'],
      ],
    ],
  ])('forbids two shops on one level, seen %s', (_when, looks) => {
    const both = ([left = '', right = '']: readonly string[]): Situation => ({
      ...{ map: ['-------------', `|${left}.|${right}.|`, '|....|.......|', '-------------'], ...keeper },
    });
    const world = worldOf(...looks.map(both));
    expect(world.level.forbidden.reduce((sum, one) => sum + one, 0)).toBe(8 + 14);
    expect(world.level.forbidden[world.status.cell]).toBe(1);
  });

  it.each([
    [15, 10, 150],
    [16, 10, 0],
  ])('takes a room of %i times %i squares with a keeper for %i squares of shop', (width, height, squares) => {
    const wall = '-'.repeat(width + 2);
    const rows = Array.from({ length: height }, (_, y) => (y === 4 ? '@s' : '').padEnd(width, '.'));
    const cave = { map: [wall, ...rows.map((row) => `|${row}|`), wall.replace('--', "-'")], ...keeper };
    expect(forbidden(cave)).toBe(squares);
    expect(decision(worldOf(cave))?.by === 'leave shop').toBe(squares > 0);
  });
});

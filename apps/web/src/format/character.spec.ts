import { describe, expect, it } from '@jest/globals';
import { describeCharacter } from './character.ts';

describe('describeCharacter', () => {
  it('writes a character out', () => {
    expect(describeCharacter('Wiz-Gno-Mal-Neu')).toBe('neutral male gnomish Wizard');
    expect(describeCharacter('Hea-Hum-Fem-Neu')).toBe('neutral female human Healer');
  });

  it('leaves the gender out where the name of the role tells it, as the game does', () => {
    expect(describeCharacter('Val-Dwa-Fem-Law')).toBe('lawful dwarvish Valkyrie');
    expect(describeCharacter('Pri-Elf-Fem-Cha')).toBe('chaotic elven Priestess');
    expect(describeCharacter('Pri-Elf-Mal-Cha')).toBe('chaotic elven Priest');
    expect(describeCharacter('Cav-Gno-Fem-Neu')).toBe('neutral gnomish Cavewoman');
  });

  it.each(['@', '', 'Val-Hum', 'Val-Hum-Fem-Law-Odd', 'constructor-Hum-Fem-Law', '<b>-x-y-z'])(
    'leaves %j alone',
    (text) => {
      expect(describeCharacter(text)).toBe(text);
    },
  );
});

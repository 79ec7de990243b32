import { describe, expect, it } from '@jest/globals';
import { describeCharacter } from './character.ts';

describe('describeCharacter', () => {
  it('writes a character out', () => {
    expect(describeCharacter('Val-Hum-Fem-Law')).toBe('lawful human female Valkyrie');
    expect(describeCharacter('Wiz-Gno-Mal-Neu')).toBe('neutral gnomish male Wizard');
  });

  it.each(['@', '', 'Val-Hum', 'Val-Hum-Fem-Law-Odd', 'constructor-Hum-Fem-Law', '<b>-x-y-z'])(
    'leaves %j alone',
    (text) => {
      expect(describeCharacter(text)).toBe(text);
    },
  );
});

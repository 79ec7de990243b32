import { describe, expect, it } from '@jest/globals';
import { CHALLENGE_OPTIONS, composeOptions } from './options.ts';

describe('composeOptions', () => {
  it('gives the character by the hero’s name', () => {
    expect(composeOptions(CHALLENGE_OPTIONS, 'mon-hum-neu-mal', false)).toBe(
      `${CHALLENGE_OPTIONS},name:Agent-mon-hum-neu-mal`,
    );
  });

  it('asks for a random character with @', () => {
    expect(composeOptions('time', '@', false)).toBe(
      'time,name:Agent-@,race:random,gender:random,align:random',
    );
  });

  it('gives the character by options in debug mode, where the name becomes "wizard"', () => {
    expect(composeOptions('time', 'bar-hum-neu-fem', true)).toBe(
      'time,role:bar,race:hum,align:neu,gender:fem,name:Agent-bar-hum-neu-fem,playmode:debug',
    );
    expect(composeOptions('time', '@', true)).toBe(
      'time,role:random,name:Agent-@,race:random,gender:random,align:random,playmode:debug',
    );
  });
});

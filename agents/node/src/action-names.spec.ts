import { describe, expect, it } from '@jest/globals';
import { keysByName } from './action-names.ts';

const key = keysByName([
  { index: 0, set: 'CompassDirection', name: 'N', key: 107 },
  { index: 1, set: 'CompassDirectionLonger', name: 'N', key: 75 },
  { index: 2, set: 'MiscAction', name: 'MORE', key: 13 },
  { index: 3, set: 'Command', name: 'SEARCH', key: 115 },
]);

describe("an action's key", () => {
  it('is found by its name, or by its set and its name', () => {
    expect([key('MORE'), key('MiscAction', 'MORE'), key('CompassDirectionLonger', 'N')]).toEqual([
      13, 13, 75,
    ]);
  });

  it.each<[string[], string]>([
    [['N'], "2 actions are called N: say key('CompassDirection', 'N') or key('CompassDirectionLonger', 'N')"],
    [['search'], "there is no action search; did you mean key('Command', 'SEARCH')?"],
    [['Command', 'MORE'], "there is no action Command.MORE; did you mean key('MiscAction', 'MORE')?"],
    [['JUMP'], 'there is no action JUMP; context.actions lists all 121, each with its set and its name'],
  ])('that cannot be told by %j comes with the names there are', ([first = '', second], message) => {
    expect(() => key(first, second)).toThrow(new RangeError(message));
  });
});

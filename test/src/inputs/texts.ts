import type { Chance } from './chance.ts';

/** Text that has broken something somewhere. */
const TEXTS = [
  ...['', ' ', 'a', '\0', 'a\0b', '\ud800', 'x\udc00', '\u001b[2J', '\u009b31m', '\u202eabc', '\u2066x'],
  ...[
    '\u200b',
    '\u2028',
    '\ufeff',
    'a\r\nb',
    '👩‍👩‍👧',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'e\u0301',
    'é',
    'ﬁ',
    '\u{10ffff}',
    '\uffff',
    '%00',
    '../../x',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'NaN',
    '1e400',
    '-0',
    'null',
    "'; DROP TABLE game; --",
    '${x}',
    '{{x}}',
  ],
  ...['x'.repeat(65), 'y'.repeat(5_000), 'ä'.repeat(300), '0001-01-01', '+275760-09-13T00:00:00.001Z'],
] as const;
const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '2147483648',
] as const;
const MORE_NUMBERS = ['99999999999999999999999', '0.1', '64', '4096', '1e9'] as const;

export function text(chance: Chance): string {
  if (chance.once(4))
    return Array.from({ length: 1 + chance.below(3) }, () =>
      chance.pick([...TEXTS] as [string, ...string[]]),
    ).join('');
  if (chance.once(8))
    return String.fromCharCode(...Array.from({ length: chance.below(12) }, () => chance.below(65_536)));
  return chance.pick([...TEXTS] as [string, ...string[]]);
}

/** A value of JSON as text, since not every text of JSON can be written from a value: 1e400, the same key twice. */
export function json(chance: Chance, depth = 3): string {
  switch (chance.below(depth > 0 ? 9 : 6)) {
    case 0:
      return chance.pick(['null', 'true', 'false']);
    case 1:
    case 2:
      return chance.pick([...NUMBERS, ...MORE_NUMBERS] as unknown as [string, ...string[]]);
    case 3:
    case 4:
    case 5:
      return JSON.stringify(text(chance));
    case 6:
      return `[${Array.from({ length: chance.below(4) }, () => json(chance, depth - 1)).join(',')}]`;
    case 7:
      return object(
        chance,
        Array.from({ length: chance.below(4) }, () => [text(chance), json(chance, depth - 1)] as const),
      );
    default: {
      const levels = chance.pick([5, 31, 32, 33, 500, 20_000]);
      const [open, close] = chance.pick([
        ['[', ']'],
        ['{"a":', '}'],
      ]);
      return open.repeat(levels) + '1' + (chance.once(3) ? '' : close.repeat(levels));
    }
  }
}

function object(chance: Chance, entries: readonly (readonly [string, string])[]): string {
  const twice = chance.once(6) ? entries.slice(0, 1) : [];
  return `{${[...entries, ...twice].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** An object like `good`, with fields that are missing, wrong, misspelt, given twice or too many; at times as it is. */
export function objectLike(chance: Chance, good: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(good).flatMap(([key, value]): (readonly [string, string])[] => {
    const whole = JSON.stringify(value);
    if (!chance.once(8)) return [[key, whole]];
    switch (chance.below(5)) {
      case 0:
        return [];
      case 1:
        return [[key.slice(1), whole]];
      case 2:
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          return [[key, objectLike(chance, value as Record<string, unknown>)]];
        return [[key, json(chance)]];
      default:
        return [[key, json(chance)]];
    }
  });
  if (chance.once(10)) entries.push([text(chance), json(chance)]);
  const whole = object(chance, entries);
  return chance.once(12) ? chance.mutated(Buffer.from(whole)).toString('latin1') : whole;
}

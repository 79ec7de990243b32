import { expect, it } from '@jest/globals';
import { figure } from './numbers.ts';

it.each([
  [0, '0'],
  [0.0171, '0.017'],
  [0.0000031, '0.0000031'],
  [0.999, '1'],
  [3.84, '3.8'],
  [38.4, '38'],
  [383.7, '384'],
  [12_345.6, '12,346'],
  [-383.7, '-384'],
])('%f is written %s, without an exponent', (value, text) => {
  expect(figure(value)).toBe(text);
});

it('has as many digits as asked for', () => {
  expect([figure(3.14159, 3), figure(1234.5, 3)]).toEqual(['3.14', '1,235']);
});

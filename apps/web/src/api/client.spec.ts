import { describe, expect, it } from '@jest/globals';
import { errorFrom } from './client.ts';

describe('errorFrom', () => {
  it("keeps the server's own words", () => {
    const error = errorFrom(409, { code: 'game_running', message: 'The game is still being played.' });
    expect(error).toMatchObject({
      status: 409,
      code: 'game_running',
      message: 'The game is still being played.',
    });
  });

  it.each([undefined, null, 'Bad gateway', { message: 'no code' }, { code: 1, message: 'x' }])(
    'finds words for %j',
    (body) => {
      expect(errorFrom(500, body)).toMatchObject({ status: 500, code: 'unreadable' });
      expect(errorFrom(500, body).message).toContain('500');
    },
  );

  it('tells a wrong address from a fault', () => {
    expect(errorFrom(404, undefined).message).toContain('nothing under this address');
  });
});

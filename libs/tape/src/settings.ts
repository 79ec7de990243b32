import { type CompleteSettings, isCharacter, playsDebug } from '@arena/engine';

/**
 * What starts a tape's game. Its options text alone decides how that is played; the debug flag and the character beside
 * it enter the digests as they were written, and in older tapes may say something else.
 */
export function startOf(settings: CompleteSettings): CompleteSettings {
  const { options, character } = settings;
  return { ...settings, debug: playsDebug(options), character: isCharacter(character) ? character : '@' };
}

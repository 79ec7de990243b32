/** NetHack's end codes, in the order of their numbers. */
export const END_NAMES = [
  'DIED',
  'CHOKING',
  'POISONING',
  'STARVING',
  'DROWNING',
  'BURNING',
  'DISSOLVED',
  'CRUSHING',
  'STONING',
  'TURNED_SLIME',
  'GENOCIDED',
  'PANICKED',
  'TRICKED',
  'QUIT',
  'ESCAPED',
  'ASCENDED',
] as const;

export type EndName = (typeof END_NAMES)[number];

export interface GameEnd {
  /** NetHack's end code, 0-15. */
  readonly how: number;
  readonly howName: EndName;
  /** NetHack's own xlogfile line, fields as text: points, deathlev, maxlvl, hp, turns, role, death, …; null without one. */
  readonly xlogfile: Readonly<Record<string, string>> | null;
}

/** The last line of an xlogfile: tab-separated `key=value`. */
export function parseXlogfile(bytes: Uint8Array | null): Record<string, string> | null {
  const line = new TextDecoder('latin1')
    .decode(bytes ?? new Uint8Array())
    .trimEnd()
    .split('\n')
    .at(-1);
  if (line === undefined || line === '') return null;
  return Object.fromEntries(
    line.split('\t').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

export function gameEnd(how: number, xlogfile: Uint8Array | null): GameEnd {
  return { how, howName: END_NAMES[how] ?? 'DIED', xlogfile: parseXlogfile(xlogfile) };
}

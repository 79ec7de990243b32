/** The sixteen terminal colours for both themes. Order: black, red, green, brown, blue, magenta, cyan, white; then bright. */
export interface Palette {
  background: string;
  /** 0–15. */
  colors: readonly string[];
  cursor: string;
  /** On top of a cursor or a reversed cell. */
  cursorText: string;
}

export const DARK: Palette = {
  background: '#0c0e10',
  colors: [
    '#566069',
    '#e5675f',
    '#69b96b',
    '#c79a4b',
    '#6f9bf0',
    '#c27fd1',
    '#4fb8b5',
    '#c4c9c6',
    '#7f8a91',
    '#ff8f85',
    '#8fe08f',
    '#ffd866',
    '#97bbff',
    '#e6a5f2',
    '#7fe3de',
    '#ffffff',
  ],
  cursor: '#e9ece8',
  cursorText: '#0c0e10',
};

/** Dark ink on paper: bright colours become stronger, not lighter, so that each keeps a contrast of 4.5 or more. */
export const LIGHT: Palette = {
  background: '#fdfcf8',
  colors: [
    '#6a6f72',
    '#b3261e',
    '#1d6b2a',
    '#855300',
    '#2450b5',
    '#86309a',
    '#0b6470',
    '#3c4143',
    '#70757a',
    '#c8102e',
    '#0b7a2b',
    '#8a5a00',
    '#1f5fd6',
    '#a020a8',
    '#00707e',
    '#000000',
  ],
  cursor: '#26292a',
  cursorText: '#fdfcf8',
};

/** WCAG's contrast of two `#rrggbb` colours, 1–21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

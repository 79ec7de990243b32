/** SVG by hand: pictures for pages that have neither scripts nor a style sheet of ours, such as a repository's Markdown. */

export type Attributes = Readonly<Record<string, string | number>>;

/** The site's own colours in light (apps/web's tokens.css), on paper of their own, so that dark pages can be read as well. */
export const INK = {
  paper: '#fffefb',
  line: '#dedacd',
  text: '#1c1f1e',
  muted: '#5b605c',
} as const;

/** A colour for each of a picture's agents, told apart in grey, too, by their order and labels. */
const SERIES = ['#0b5f78', '#8a4b12', '#5b3fb0', '#14603a', '#a4262c', '#8a5a00'] as const;

export const seriesColour = (index: number): string => SERIES[index % SERIES.length] ?? INK.text;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML takes it: controls, which XML has no way to write, become question marks. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '?')
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

const shown = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeXml(value);

/** One element; `content` is markup already. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${shown(value)}"`);
  return content === ''
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content}</${name}>`;
}

/** A line of text at its base line. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, fill: INK.text, ...attributes }, escapeXml(words));
}

/** What a mark says when it is pointed at. */
export const tooltip = (words: string): string => element('title', {}, escapeXml(words));

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the picture says, for those who cannot see it. */
  readonly description: string;
}

/** The whole file. Throws RangeError for a picture without area. */
export function picture({ width, height, title, description }: Picture, content: readonly string[]): string {
  if (!(width > 0 && height > 0)) throw new RangeError(`a picture of ${width} × ${height} has no area`);
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
    width: Math.ceil(width),
    height: Math.ceil(height),
    role: 'img',
    'font-family': 'ui-sans-serif, system-ui, sans-serif',
    'font-size': 12,
  };
  const parts = [
    tooltip(title),
    element('desc', {}, escapeXml(description)),
    element('rect', { width: '100%', height: '100%', rx: 6, fill: INK.paper }),
    text(16, 24, title, { 'font-size': 15, 'font-weight': 600 }),
    ...content,
  ];
  return `${element('svg', attributes, `\n${parts.join('\n')}\n`)}\n`;
}

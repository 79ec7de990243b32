/** Results as text for a terminal of 80 columns (the board's table, bars, games, causes), as Markdown, and as pictures. */
export { figure } from './numbers.ts';
export { boardTable } from './table.ts';
export { bar, Bars } from './progress.ts';
export { cell, printable } from './width.ts';
export { causesText, faultsText, gamesTable } from './games.ts';
export { boardRowOf, type Entrant } from './row.ts';
export { escapeMarkdown, markdownTable, type Align } from './markdown.ts';
export * from './chart/index.ts';

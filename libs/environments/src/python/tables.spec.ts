import { readFileSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { expect, it } from '@jest/globals';
import { interfaceFile, tablesFile } from './tables.ts';

const FOLDER = new URL('../../../../agents/python/nle/nethack/', import.meta.url);

it('the tables of the Python package are the engine’s; else run node libs/environments/dist/python/write-tables.js', async () => {
  const engine = await Engine.load();
  expect(readFileSync(new URL('interface.json', FOLDER), 'utf8')).toBe(interfaceFile(engine));
  expect(readFileSync(new URL('tables.json', FOLDER), 'utf8')).toBe(tablesFile(engine));
});

/** `node write-tables.js`: writes the Python package's tables anew from the engine that is built here. */
import { writeFileSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { interfaceFile, tablesFile } from './tables.ts';

const FOLDER = new URL('../../../../agents/python/nle/nethack/', import.meta.url);
const engine = await Engine.load();
writeFileSync(new URL('interface.json', FOLDER), interfaceFile(engine));
writeFileSync(new URL('tables.json', FOLDER), tablesFile(engine));

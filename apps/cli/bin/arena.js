#!/usr/bin/env node
// The entry is committed, so that npm can link it before anything is compiled.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('arena: this checkout is not compiled yet. Run: npm run build\n');
  process.exitCode = 1;
}

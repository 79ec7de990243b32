#!/usr/bin/env node
// The entry is committed, so that npm can link it before anything is compiled.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);
/** The checkout's own Node, which npx finds first; a program that is called by its path may meet an older one. */
const own = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));
const LEAST_NODE = 24;

function handOver() {
  const child = spawn(own, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal's Ctrl-C reaches both; the child says how it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

if (!existsSync(main)) {
  process.stderr.write('arena: this checkout is not compiled yet. Run: npm run build\n');
  process.exitCode = 1;
} else if (Number(process.versions.node.split('.')[0]) < LEAST_NODE && existsSync(own)) handOver();
else await import(main.href);

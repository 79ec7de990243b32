/**
 * Runs a WASI module inside the sandbox: `main.js /agent agent.wasm`. Its standard streams are the protocol's pipes; beside
 * them it sees /agent. The sandbox around this process is what holds it in, not node:wasi.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { UnfitModule, compile } from './module.ts';
import { failureText } from './trap.ts';

const [folder = '', entry = ''] = process.argv.slice(2);

try {
  const wasi = new WASI({
    version: 'preview1',
    args: [entry],
    env: {},
    preopens: { [folder]: folder },
    returnOnExit: true,
  });
  const module = compile(readFileSync(join(folder, entry)), entry, Object.keys(wasi.wasiImport));
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport });
  process.exitCode = wasi.start(instance);
} catch (error) {
  process.stderr.write(`${error instanceof UnfitModule ? error.message : failureText(error, entry)}\n`);
  process.exitCode = 1;
}

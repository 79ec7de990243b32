import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAssemblyScript, compileC } from '@arena/wasm';

const built: string[] = [];

/** An agent's folder; where its module has to be compiled first, a copy that holds it. */
export function builtAgent(folder: string): string {
  const { entry } = JSON.parse(readFileSync(join(folder, 'arena.json'), 'utf8')) as { entry: string };
  if (existsSync(join(folder, entry))) return folder;
  const inC = join(folder, 'agent.c');
  const isC = existsSync(inC);
  if (!entry.endsWith('.wasm') || !(isC || existsSync(join(folder, 'agent.ts')))) return folder;
  const copy = mkdtempSync(join(tmpdir(), 'arena-built-'));
  built.push(copy);
  cpSync(folder, copy, { recursive: true });
  if (isC) compileC(inC, join(copy, entry));
  else compileAssemblyScript(join(folder, 'agent.ts'), join(copy, entry));
  return copy;
}

/** Removes the copies. */
export function dropBuilt(): void {
  for (const folder of built.splice(0)) rmSync(folder, { recursive: true, force: true });
}

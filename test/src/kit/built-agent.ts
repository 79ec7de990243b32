import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel, type Graph } from '@arena/onnx';
import { compileAssemblyScript, compileC } from '@arena/wasm';

const built: string[] = [];

/** A model as test agents have it, in words; `cut`: how many bytes of its file are kept. */
interface Described {
  graph: Graph;
  cut?: number;
}

/** An agent's folder; where its module or model has to be made first, a copy that holds it. */
export function builtAgent(folder: string): string {
  const { entry } = JSON.parse(readFileSync(join(folder, 'arena.json'), 'utf8')) as { entry: string };
  if (existsSync(join(folder, entry))) return folder;
  const inC = join(folder, 'agent.c');
  const isC = existsSync(inC);
  const inWords = join(folder, 'model.json');
  const isModel = existsSync(inWords);
  if (!isModel && (!entry.endsWith('.wasm') || !(isC || existsSync(join(folder, 'agent.ts'))))) return folder;
  const copy = mkdtempSync(join(tmpdir(), 'arena-built-'));
  built.push(copy);
  cpSync(folder, copy, { recursive: true });
  if (isModel) {
    const { graph, cut } = JSON.parse(readFileSync(inWords, 'utf8')) as Described;
    writeFileSync(join(copy, entry), encodeModel(graph).subarray(0, cut));
  } else if (isC) compileC(inC, join(copy, entry));
  else compileAssemblyScript(join(folder, 'agent.ts'), join(copy, entry));
  return copy;
}

/** Removes the copies. */
export function dropBuilt(): void {
  for (const folder of built.splice(0)) rmSync(folder, { recursive: true, force: true });
}

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeModel, type Graph } from '@arena/onnx';
import { compileAssemblyScript, compileC } from '@arena/wasm';

const SDKS = fileURLToPath(new URL('../../../agents/', import.meta.url));
const built: string[] = [];

/** A model as test agents have it, in words; `cut`: how many bytes of its file are kept. */
interface Described {
  graph: Graph;
  cut?: number;
}

/**
 * Makes agent.wasm of agent.c or agent.ts in a folder, or the model of model.json; nothing where there is one, or where none is
 * wanted. `entry`: what arena.json says, where there is one. `source`: where its C is, for what it includes from beside itself.
 */
export function build(folder: string, entry = entryOf(folder), source = folder): void {
  const inWords = join(folder, 'model.json');
  if (entry !== undefined && existsSync(inWords)) {
    const { graph, cut } = JSON.parse(readFileSync(inWords, 'utf8')) as Described;
    writeFileSync(join(folder, entry), encodeModel(graph).subarray(0, cut));
    return;
  }
  if (entry !== 'agent.wasm' || existsSync(join(folder, entry))) return;
  if (existsSync(join(folder, 'agent.c'))) compileC(join(source, 'agent.c'), join(folder, entry));
  else compileAssemblyScript(folder);
}

const entryOf = (folder: string): string | undefined =>
  (JSON.parse(readFileSync(join(folder, 'arena.json'), 'utf8')) as { entry?: string }).entry;

/** A copy of an agent's folder, or of a template with what it borrows, that is ready to play. */
export function builtAgent(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'arena-built-'));
  built.push(copy);
  cpSync(folder, copy, { recursive: true });
  const template = join(folder, 'template.json');
  const borrowed = existsSync(template)
    ? (JSON.parse(readFileSync(template, 'utf8')) as Record<string, string>)
    : {};
  for (const [path, source] of Object.entries(borrowed)) cpSync(join(SDKS, source), join(copy, path));
  build(copy);
  return copy;
}

/** Removes the copies. */
export function dropBuilt(): void {
  for (const folder of built.splice(0)) rmSync(folder, { recursive: true, force: true });
}

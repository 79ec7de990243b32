import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `arena check --json` prints. */
export interface Checked {
  checks: { check: string; grade: string; message: string; remedy: string | null; log: string | null }[];
  passed: number;
  cautions: number;
  failed: number;
}

/** Writes an agent in JavaScript with this body of `createAgent` into `folder`; resolves to its name, which is its folder's. */
export async function smallAgent(
  folder: string,
  name: string,
  body: string,
  manifest: Record<string, unknown> = {},
): Promise<string> {
  await mkdir(join(folder, name), { recursive: true });
  const about = {
    ...{ name, version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
    ...{ fields: ['misc', 'blstats'], gamesAtOnce: 4, authors: ['Test'] },
  };
  await writeFile(join(folder, name, 'arena.json'), JSON.stringify({ ...about, ...manifest }));
  await writeFile(join(folder, name, 'agent.js'), `export function createAgent(context) {${body}}`);
  return name;
}

/** Two builds of the engine, the second from nothing in another folder, give the same bytes. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Engine } from '@arena/engine';
import { expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;

it('a clean build elsewhere gives the engine that is here, byte for byte', async () => {
  const child = spawn(process.execPath, [join(root, 'nle-wasm/build/reproduce.ts'), '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, told, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
  const { second, different } = JSON.parse(out) as { second: Record<string, string>; different: string[] };
  expect(different).toEqual([]);
  // the engine's id is the sum of what was built there
  expect(second['engine.wasm']).toBe((await Engine.load()).id);
  expect(Object.values(second)).toHaveLength(4);
}, 600_000);

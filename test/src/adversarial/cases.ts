/** Cases as data: `test/adversarial/<runtime>/<case>/`, the agent's files and what shall become of them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Limits } from '@arena/contracts';
import { build } from '../kit/built-agent.ts';
import { parseManifest, validateManifest, type Manifest } from '@arena/protocol';

export interface Expectation {
  /** Of every game, as a regular expression. */
  verdict: string;
  reason?: string;
  /** In standard error, whatever the verdict. */
  log?: string;
  /** Of the first game. */
  steps?: number;
  limits?: Partial<Limits>;
  /** Without them nothing here stops it: SECURITY.md says so. */
  needs?: 'control groups';
}

export interface Case {
  /** `native/ptrace`. */
  name: string;
  native: boolean;
  folder: string;
  expected: Expectation;
}

const MADE = /^(onnx|wasm)\//;
const CASES = fileURLToPath(new URL('../../adversarial/', import.meta.url));
/** What arena.json says of a case that has none, by runtime. */
const PLAINEST: Readonly<Record<string, object>> = {
  node: { entry: 'agent.js', kind: 'symbolic' },
  python: { entry: 'agent.py:Agent', kind: 'symbolic' },
  wasm: { entry: 'agent.wasm', kind: 'symbolic' },
  onnx: {
    ...{ entry: 'policy.onnx', kind: 'neural' },
    onnx: { inputs: [{ name: 'status', from: 'blstats' }], output: { name: 'logits', is: 'logits' } },
  },
};

/** Agents of `test/agents/broken` that are attacks, played here too, for what they leave of the host. */
const BROKEN = fileURLToPath(new URL('../../agents/broken/', import.meta.url));
const ATTACKS: Readonly<Record<string, string>> = {
  node: `answers-early answers-twice bad-key buffer-hog exits-quietly floods-stderr fork-bomb hang-at-load heap-hog huge-frame
    ignores-signals`,
  python: 'exits-quietly nan negative too-large',
  onnx: 'absurd-weight custom-operator endless external-data external-data-missing memory-hog nan',
  wasm: 'bad-frame closes-stdout exits foreign-import grows-too-far hangs-at-load hangs-in-game looks-around memory-bomb traps',
};

export function readCases(): Case[] {
  const borrowed = Object.entries(ATTACKS).flatMap(([runtime, names]) =>
    names
      .split(/\s+/)
      // Those that came first are Node's, and say nothing of it.
      .map((name) =>
        caseIn(join(BROKEN, runtime === 'node' ? name : `${runtime}-${name}`), `${runtime}/${name}`),
      ),
  );
  return [...ownCases(), ...borrowed];
}

function caseIn(folder: string, name: string): Case {
  const expected = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Expectation;
  return { name, native: name.startsWith('native/'), folder, expected };
}

function ownCases(): Case[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: runtime }) =>
      readdirSync(join(CASES, runtime), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => caseIn(join(CASES, runtime, name), `${runtime}/${name}`)),
    );
}

/** A manifest of its own, or the plainest there is. Native programs have none that could be submitted: see NativeHost. */
export function manifestOf({ name, native, folder }: Case): Manifest {
  const own = join(folder, 'arena.json');
  if (existsSync(own)) return parseManifest(readFileSync(own));
  const runtime = native ? 'node' : (name.split('/')[0] ?? '');
  const about = { name: 'hostile', version: '1', authors: ['NetHack Arena'], fields: ['blstats'] };
  const rest = { ...PLAINEST[runtime], ...(native && { entry: 'agent' }) };
  return validateManifest({ ...about, runtime, gamesAtOnce: 2, ...rest });
}

/** A copy of the agent's files that can be played: models made, C compiled, to a library that Node loads where it is no agent.c. */
export function prepare(found: Case): string {
  const { name, folder } = found;
  const copy = mkdtempSync(join(tmpdir(), 'arena-hostile-'));
  cpSync(folder, copy, { recursive: true });
  if (MADE.test(name)) {
    build(copy, manifestOf(found).entry, folder);
    return copy;
  }
  for (const file of readdirSync(folder).filter((found) => found.endsWith('.c'))) {
    const program = file === 'agent.c';
    const target = join(copy, file.replace(/\.c$/, program ? '' : '.node'));
    const how = program ? [] : ['-shared', '-fPIC'];
    const ran = spawnSync('gcc', ['-O1', '-w', '-pthread', ...how, '-o', target, join(folder, file)], {
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(`${file}: ${ran.error?.message ?? ran.stderr}`);
  }
  return copy;
}

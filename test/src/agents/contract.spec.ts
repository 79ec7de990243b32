/** What is published of the contract against what is sent. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { Shard, createAgentHost, type AgentHost, type GameResult } from '@arena/evaluation';
import {
  ManifestError,
  SCHEMA_NAMES,
  jsonSchema,
  parseManifest,
  validateManifest,
  type SchemaName,
} from '@arena/protocol';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const AGENTS = `${ROOT}test/agents/`;

/** What an independent validator says against a document; empty where it fits. */
function faults(name: SchemaName, document: unknown): string {
  // Draft 2020-12's formats are for people; the platform's own schemas use none that ajv has to know.
  const ajv = new Ajv2020({ strict: false });
  return ajv.validate(jsonSchema(name), document) ? '' : ajv.errorsText();
}

/** By the platform's own validator, for an arena that offers whatever runtime. */
function accepted(manifest: unknown): boolean {
  try {
    validateManifest(manifest, null);
    return true;
  } catch (error) {
    if (error instanceof ManifestError) return false;
    throw error;
  }
}

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_943_000, count: 16 } });
});
afterAll(() => {
  host.stage.dispose();
  dropBuilt();
});

describe('the published schemas', () => {
  const manifests = [AGENTS, `${AGENTS}broken/`, `${ROOT}agents/baselines/`, `${ROOT}agents/templates/`]
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}${name}/arena.json`))
    .filter((file) => existsSync(file));

  it('fit every arena.json of this repository', () => {
    expect(manifests.length).toBeGreaterThan(70);
    for (const file of manifests)
      expect([file, faults('arena.json', JSON.parse(readFileSync(file, 'utf8')))]).toEqual([file, '']);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ runtime: 'Cobol!' }, /runtime must match pattern/],
    [{ fields: ['glyphs', 'glyphs'] }, /fields must NOT have duplicate items/],
    [{ gamesAtOnce: 65 }, /gamesAtOnce must be <= 64/],
    [{ colour: 'red' }, /must NOT have additional properties/],
  ])('refuse a manifest with %j', (change, message) => {
    const manifest = JSON.parse(readFileSync(`${AGENTS}wire-teller/arena.json`, 'utf8')) as object;
    expect(faults('arena.json', { ...manifest, ...change })).toMatch(message);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ runtime: 'python', entry: 'agent.js' }, /entry must match pattern .*py/],
    [{ runtime: 'onnx', entry: 'model.pt' }, /entry must match pattern .*onnx/],
    [{ runtime: 'wasm', entry: 'agent.c' }, /entry must match pattern .*wasm/],
    [{ runtime: 'node', entry: 'agent.py:Agent' }, /entry must match pattern/],
    [{ runtime: 'torch', entry: 'agent.js:Agent' }, /entry must match pattern/],
    [{ runtime: 'torch', entry: '../agent.py' }, /entry must match pattern/],
    [{ runtime: 'onnx', entry: 'model.onnx' }, /must have required property 'onnx'/],
    [{ onnx: { inputs: [{ name: 'x', from: 'glyphs' }], output: { name: 'y', is: 'action' } } }, /onnx/],
  ])('refuse by runtime a manifest with %j', (change, message) => {
    const manifest = JSON.parse(readFileSync(`${AGENTS}wire-teller/arena.json`, 'utf8')) as object;
    expect(faults('arena.json', { ...manifest, ...change })).toMatch(message);
  });

  it('take the entries that the platform takes, and no others', () => {
    const manifest = JSON.parse(readFileSync(`${AGENTS}wire-teller/arena.json`, 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(jsonSchema('arena.json'));
    const map = { inputs: [{ name: 'x', from: 'glyphs' }], output: { name: 'y', is: 'action' } };
    const part = fc.constantFrom(
      ...['a', 'B.py', '.', '..', '...', '/', ':', 'Class', '.py', '.onnx', '.wasm', '9', '-', ' '],
    );
    let taken = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('node', 'python', 'onnx', 'wasm', 'torch', 'Torch'),
        fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
        fc.constantFrom({}, { onnx: map }),
        (runtime, entry, onnx) => {
          const tried = { ...manifest, runtime, entry, ...onnx };
          const ours = accepted(tried);
          taken += Number(ours);
          expect([tried, validate(tried)]).toEqual([tried, ours]);
        },
      ),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('are those of what the platform sends and takes', async () => {
    const folder = builtAgent(`${AGENTS}wire-teller`);
    const results: GameResult[] = [];
    await new Shard({
      host,
      agentFolder: folder,
      manifest: parseManifest(readFileSync(`${folder}/arena.json`)),
      games: [0, 1].map((i) => ({
        ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 5), i) },
        ...{ character: '@', options: '', clock: 1_623_758_400 },
      })),
      limits: {
        ...{ maxSteps: 5, noProgressSteps: 10_000, stepTimeoutMs: 20_000, timeBankMs: 60_000 },
        ...{ startTimeoutMs: 20_000, memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
      },
      events: {
        finished: (result) => {
          results.push(result);
        },
      },
    }).run();
    // The process ends after its first game: what it printed stands in the log of a game beside it, whether that had begun or not.
    const log = results.find((result) => result.log?.includes('\nhello {') ?? false)?.log ?? '';
    const told = new Map(
      log.split('\n').flatMap((line) => {
        const [name, json] = /^(\S+) (\{.*)$/.exec(line)?.slice(1) ?? [];
        return name === undefined || json === undefined ? [] : [[name, JSON.parse(json) as unknown] as const];
      }),
    );
    expect([...told.keys()]).toEqual(SCHEMA_NAMES.filter((name) => name !== 'arena.json'));
    for (const [name, document] of told)
      expect([name, faults(name as SchemaName, document)]).toEqual([name, '']);
    expect(told.get('game-over')).toMatchObject({ reason: 'step_limit', steps: 5, ascended: false });
  });
});

/** What is published of the contract against what is sent. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Shard, createAgentHost, type AgentHost, type GameResult } from '@arena/evaluation';
import { SCHEMA_NAMES, jsonSchema, parseManifest, type SchemaName } from '@arena/protocol';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const AGENTS = `${ROOT}test/agents/`;

/** What an independent validator says against a document; empty where it fits. */
function faults(name: SchemaName, document: unknown): string {
  // Draft 2020-12's formats are for people; the platform's own schemas use none that ajv has to know.
  const ajv = new Ajv2020({ strict: false });
  return ajv.validate(jsonSchema(name), document) ? '' : ajv.errorsText();
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
    // It ends after its first game, while its second is in play or about to be.
    const log = results.find(({ verdict }) => verdict === 'crashed')?.log ?? '';
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
    expect(JSON.stringify(told.get('hello'))).not.toContain(
      gameSeeds(Buffer.alloc(32, 5), 0).core.toString(),
    );
  });
});

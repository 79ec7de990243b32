import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crc32 } from 'node:zlib';
import { Engine } from '../engine.ts';
import { LoaderError } from '@arena/nle-wasm';
import { EngineError } from '../errors.ts';
import type { GoldenGame } from './game-file.ts';
import { playOnTwin } from './twin.ts';
import { findGolden, readGolden } from './file.ts';
import { NoGoldenGame } from './parse.ts';
import type { Way } from './play.ts';
import { playRecorded } from './play.ts';

const HELP = `Plays recorded games again and compares every observation, bit for bit.

Games are played both ways; episodes of tasks through the tasks' own step.

usage: golden [--way step|host|both|twin] [--json] PATH…

  PATH    a golden game or task trace (<id>.json.gz), or a folder, searched with the folders in it
  --way   the synchronous step, the host-answered way, or both (default); twin: the same port compiled for this
          machine, which plays no tasks and shows no observation after the end
  --json  one JSON document on standard output instead of lines

Exit code: 0 if every one is identical, 1 if not, 2 for a wrong call.
`;

interface Result {
  readonly path: string;
  readonly id: string;
  readonly identical: boolean;
  readonly message: string;
}

async function play(engine: Engine, path: string, ways: readonly Way[] | 'twin'): Promise<Result | null> {
  let id = path;
  try {
    const golden = readGolden(path);
    ({ id } = golden);
    if (ways === 'twin' && 'task' in golden) return null;
    const observations = 'task' in golden ? golden.obsCrc.length : golden.observations;
    const difference =
      ways === 'twin' ? await playOnTwin(golden as GoldenGame) : playRecorded(engine, golden, ways, crc32);
    return {
      path,
      id,
      identical: difference === null,
      message: difference?.message ?? `identical (${String(observations)} observations)`,
    };
  } catch (error) {
    if (!(error instanceof EngineError) && !(error instanceof NoGoldenGame)) throw error;
    return { path, id, identical: false, message: error.message };
  }
}

function report(results: readonly Result[], engineId: string, json: boolean): void {
  const identical = results.filter((result) => result.identical).length;
  if (json) {
    console.log(JSON.stringify({ engine: engineId, games: results, identical, played: results.length }));
  } else {
    console.log(`${String(identical)} of ${String(results.length)} identical`);
  }
  process.exitCode = identical === results.length && results.length > 0 ? 0 : 1;
}

function wrongCall(message: string): never {
  console.error(`golden: ${message}\n\n${HELP}`);
  process.exit(2);
}

function parse(): { paths: string[]; ways: Way[] | 'twin'; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        way: { type: 'string', default: 'both' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    if (positionals.length === 0) wrongCall('give at least one file or folder');
    for (const path of positionals) if (!existsSync(path)) wrongCall(`there is no ${path}`);
    const ways: Record<string, Way[] | 'twin' | undefined> = {
      ...{ step: ['step'], host: ['host'], both: ['step', 'host'], twin: 'twin' },
    };
    const chosen = ways[values.way];
    if (chosen === undefined) return wrongCall(`--way is step, host, both or twin, not ${values.way}`);
    return { paths: positionals, ways: chosen, json: values.json };
  } catch (error) {
    return wrongCall(error instanceof Error ? error.message : String(error));
  }
}

const { paths, ways, json } = parse();
try {
  const engine = await Engine.load();
  const results: Result[] = [];
  for (const path of findGolden(paths)) {
    const result = await play(engine, path, ways);
    if (result === null) continue;
    results.push(result);
    if (!json) console.log(`${result.id}: ${result.message}`);
  }
  report(results, engine.id, json);
} catch (error) {
  if (!(error instanceof EngineError) && !(error instanceof LoaderError)) throw error;
  console.error(`golden: ${error.message}`);
  process.exitCode = 1;
}

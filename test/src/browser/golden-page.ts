/// <reference lib="dom" />
/** Runs in the browser: the engine as Node has it, loader and .wasm alike, plays recorded games. */
import { Engine } from '@arena/engine';
import { parseGolden, playRecorded } from '@arena/engine/golden';
import { crc32 } from '../kit/crc32.ts';

export interface Played {
  readonly engine: string;
  readonly observations: number;
  /** What differs first; null: nothing. */
  readonly difference: string | null;
}

/** What the page offers to the test. */
export interface GoldenPage {
  play(id: string): Promise<Played>;
}

async function bytes(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: status ${String(answer.status)}`);
  return answer.arrayBuffer();
}

async function load(): Promise<Engine> {
  const [summary, host, step] = await Promise.all(
    ['engine.json', 'engine.wasm', 'engine-step.wasm'].map((name) => bytes(`/nle-wasm/out/${name}`)),
  );
  if (summary === undefined || host === undefined || step === undefined) throw new Error('no engine');
  const { id } = JSON.parse(new TextDecoder().decode(summary)) as { id: string };
  return Engine.load({ id, host, step });
}

const engine = load();

/** Plays both ways, as the golden command does. */
async function play(id: string): Promise<Played> {
  const golden = parseGolden(new TextDecoder().decode(await bytes(`/golden/${id}`)), id);
  const loaded = await engine;
  const difference = playRecorded(loaded, golden, ['step', 'host'], crc32);
  return {
    engine: loaded.id,
    observations: 'task' in golden ? golden.obsCrc.length : golden.observations,
    difference: difference?.message ?? null,
  };
}

Object.assign(window, { play } satisfies GoldenPage);

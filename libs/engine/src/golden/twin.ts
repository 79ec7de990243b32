import { crc32 } from 'node:zlib';
import { playNatively, type TwinOptions } from '@arena/nle-wasm/twin';
import { resolveSettings } from '../settings.ts';
import type { GoldenGame } from './game-file.ts';
import { goldenSettings, type Verdict } from './player.ts';

/**
 * Plays a recorded game on the native twin: the digest of all its observations, how many there were, and how the game ended are
 * held to the recording. The twin tells one digest for all, so a difference names no observation and no field.
 * Null: as recorded. Rejects with LoaderError `bad_engine` where the twin is not built.
 */
export async function playOnTwin(golden: GoldenGame, options: TwinOptions = {}): Promise<Verdict> {
  const settings = resolveSettings({ ...goldenSettings(golden), fields: golden.fields });
  const { reports } = await playNatively([{ settings, keys: golden.tape }], {
    ...options,
    digest: true,
  });
  const [report] = reports;
  const differs = (message: string): Verdict => ({
    observation: 0,
    fields: [],
    message: `${message} (twin)`,
  });
  if (report === undefined || 'died' in report) return differs(`died: ${report?.died ?? 'without a word'}`);
  if (report.fault !== '') return differs(`gave up: ${report.fault}`);
  if (report.observations !== golden.observations)
    return differs(
      `the game ended after ${String(report.observations)} observations, recorded are ${String(golden.observations)}`,
    );
  const expected = golden.done ? golden.howDone : -1;
  if (report.how !== expected)
    return differs(`the end is ${String(report.how)}, recorded is ${String(expected)}`);
  if (report.digest !== crc32(littleEndian(golden.stepCrc)))
    return differs(`an observation differs: the digest of all ${String(golden.observations)} is another`);
  return null;
}

function littleEndian(words: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, at) => {
    view.setUint32(at * 4, word, true);
  });
  return new Uint8Array(view.buffer);
}

import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from '../engine.ts';
import { findGolden, readGolden } from './file.ts';
import type { GoldenGame } from './game-file.ts';
import { playGolden } from './player.ts';

const FOLDER = fileURLToPath(new URL('../../../../test/golden', import.meta.url));

/** One game of each kind, with a 62-bit seed, an end and debug mode among them; the golden command plays all. */
const SAMPLE = [
  'dev-walk-010',
  'dev-items-006',
  'dev-mash-017',
  'dev-wizard-009',
  'cases/dev-nospawn-2',
  'cases/dev-maxhp-5',
  'plain/plain-walk-008',
  'plain/plain-mash-010',
];

function golden(id: string): GoldenGame {
  const game = readGolden(`${FOLDER}/${id}.json.gz`);
  if ('task' in game) throw new Error(`${id} is a task trace`);
  return game;
}

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

describe('playGolden', () => {
  it.each(
    SAMPLE.flatMap(
      (id) =>
        [
          [id, 'step'],
          [id, 'host'],
        ] as const,
    ),
  )('%s is identical, %s way', (id, way) => {
    expect(playGolden(engine, golden(id), way, crc32)).toBeNull();
  });

  it('finds a changed digest and names the field', () => {
    const game = golden('full-walk');
    const fieldCrc = game.fieldCrc.slice();
    const stepCrc = game.stepCrc.slice();
    fieldCrc[17 + 4] = 0; // blstats of observation 25
    stepCrc[25] = 0;
    expect(playGolden(engine, { ...game, fieldCrc, stepCrc }, 'step', crc32)).toMatchObject({
      observation: 25,
      fields: ['blstats'],
    });
  });

  it('finds a changed last observation and names its fields', () => {
    const game = golden('plain/plain-walk-008');
    const lastFieldCrc = game.lastFieldCrc?.slice() ?? new Uint32Array();
    lastFieldCrc[game.fields.indexOf('tty_chars')] = 0;
    for (const way of ['step', 'host'] as const)
      expect(playGolden(engine, { ...game, lastFieldCrc }, way, crc32)).toMatchObject({
        observation: game.observations,
        fields: ['tty_chars'],
      });
  });

  it('finds a missing end', () => {
    const game = golden('full-walk');
    expect(playGolden(engine, { ...game, howDone: 1 }, 'host', crc32)?.message).toMatch(
      /end is 0, recorded is 1/,
    );
  });
});

describe('findGolden', () => {
  it('walks folders; task traces are told apart', () => {
    const files = findGolden([FOLDER]);
    const tasks = files.filter((file) => 'task' in readGolden(file));
    expect(files.length - tasks.length).toBeGreaterThanOrEqual(55);
    expect(tasks.length).toBeGreaterThanOrEqual(24);
    expect(tasks.every((file) => file.includes('tasks'))).toBe(true);
  });
});

/** `npm run train:cloner`: tapes, training, model, record and picture. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '@arena/engine';
import { curveChart } from '@arena/report';
import { readSettings } from './settings.ts';
import { makeTapes, type Tapes } from './tapes.ts';
import { ROOT, train, trainerDigest, type Trained } from './trainer.ts';

const AGENT = join(ROOT, 'agents/baselines/cloner');
const SETTINGS = join(ROOT, 'agents/training/cloner/settings.json');
const PICTURE = join(ROOT, 'docs/images/cloner-training.svg');

const HELP = `Trains the baseline cloner: plays explorer's games on all processors, and lets a
neural network learn to answer as explorer does. Stopped and run again, it goes on.

usage: npm run train:cloner -- [options]

  --settings FILE  what is trained on what (agents/training/cloner/settings.json)
  --updates N      stops after so many of the settings' updates (all); the next run goes
                   on from there
  --work FOLDER    where tapes and checkpoints are kept (.arena/training/cloner)
  --out FOLDER     writes an agent there: arena.json, policy.onnx, training.json and
                   training.svg (agents/baselines/cloner, the picture in docs/images)
  --json           training.json on standard output, too
`;

function options() {
  const { values } = parseArgs({
    options: {
      settings: { type: 'string', default: SETTINGS },
      work: { type: 'string', default: join(ROOT, '.arena/training/cloner') },
      out: { type: 'string' },
      updates: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return values;
}

/** One line that is drawn again on a terminal, and a line each tenth elsewhere. */
function showTapes(done: number, games: number): void {
  const terminal = process.stderr.isTTY;
  if (!terminal && done < games && done % Math.ceil(games / 10) !== 0) return;
  const filled = Math.floor((24 * done) / games);
  const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
  const end = terminal && done < games ? '' : '\n';
  process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${bar} ${done}/${games} tapes${end}`);
}

const finalOf = (curves: Trained['curves'], key: keyof Trained['curves'][number]): number | null =>
  curves.findLast((point) => point[key] !== undefined)?.[key] ?? null;

type Measured = Exclude<keyof Trained['curves'][number], 'moments'>;

function pictureOf(curves: Trained['curves']): string {
  const curve = (label: string, key: Measured) => ({
    label,
    points: curves.flatMap((point) =>
      point[key] === undefined ? [] : [[point.moments / 1e6, point[key]] as const],
    ),
  });
  return curveChart({
    title: 'Training of the cloner',
    unit: 'million moments',
    panels: [
      {
        ...{ label: 'loss, nats', format: (value: number) => value.toFixed(1) },
        curves: [curve('training', 'loss'), curve('held out', 'heldOutLoss')],
      },
      {
        ...{ label: 'actions as the explorer', format: (value: number) => `${(100 * value).toFixed(0)} %` },
        curves: [curve('training', 'accuracy'), curve('held out', 'heldOutAccuracy')],
      },
    ],
  });
}

async function run({
  settings: path,
  work,
  out,
  updates: stopText,
  json,
}: ReturnType<typeof options>): Promise<void> {
  const settings = readSettings(path);
  const stop = stopText === undefined ? null : Number(stopText);
  if (stop !== null && !(Number.isSafeInteger(stop) && stop > 0))
    throw new Error(`--updates takes a whole number from 1 on, not "${String(stopText)}"`);
  const agent = out === undefined ? AGENT : resolve(out);
  const engine = (await Engine.load()).id;
  const tapes: Tapes[] = [];
  for (const phase of settings.phases) {
    const folder = join(resolve(work), 'tapes', phase.seeds);
    tapes.push(
      await makeTapes(folder, resolve(ROOT, settings.agent), engine, phase, (done) => {
        showTapes(done, phase.games);
      }),
    );
  }
  mkdirSync(agent, { recursive: true });
  const model = join(agent, 'policy.onnx');
  // Before it begins: sources may be changed while it goes on for an hour.
  const trainer = trainerDigest();
  const trained = await train(settings, trainer, tapes, resolve(work), model, stop);
  const { curves, seconds, parameters, updates, runs, moments, torch } = trained;
  const bytes = readFileSync(model);
  const record = {
    settings,
    engine,
    explorer: tapes[0]?.origin.agent,
    tapes: tapes.map(({ origin: { seeds, noise }, names, sha256 }) => ({
      seeds,
      noise,
      games: names.length,
      sha256,
    })),
    training: {
      ...{ updates, runs, moments, seconds: Math.round(seconds), torch, trainer },
      date: new Date().toISOString().slice(0, 10),
    },
    final: {
      loss: finalOf(curves, 'loss'),
      accuracy: finalOf(curves, 'accuracy'),
      heldOutLoss: finalOf(curves, 'heldOutLoss'),
      heldOutAccuracy: finalOf(curves, 'heldOutAccuracy'),
    },
    model: { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, parameters },
  };
  const text = `${JSON.stringify(record, null, 2)}\n`;
  writeFileSync(join(agent, 'training.json'), text);
  const picture = out === undefined ? PICTURE : join(agent, 'training.svg');
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, pictureOf(curves));
  if (out !== undefined) copyFileSync(join(AGENT, 'arena.json'), join(agent, 'arena.json'));
  if (json) process.stdout.write(text);
  else
    process.stdout.write(
      `${model}: ${parameters} parameters, held-out loss ${String(record.final.heldOutLoss)}\n`,
    );
}

try {
  const chosen = options();
  if (chosen.help) process.stdout.write(HELP);
  else await run(chosen);
} catch (error) {
  process.stderr.write(`train:cloner: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SCORE_FIELDS, Engine, EngineError, ScoreKeeper, type Game } from '@arena/engine';
import { Painter, SCREEN_FIELDS, TapeRecorder, encodeTape, screenOf, type Tape } from '@arena/tape';
import { parse, type Command } from '../command.ts';
import { freeName, saveFile, sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { gameKey } from '../terminal/keys.ts';
import { Tty } from '../terminal/tty.ts';
import { fit } from '../terminal/view.ts';
import { CommandError, UsageError } from '../usage.ts';
import { SETTINGS_HELP, SETTINGS_OPTIONS, randomSeed, readSettings } from './settings.ts';
import { count, endWords } from './tape-file.ts';
import { out } from '../terminal/out.ts';

const HELP = `Plays NetHack by hand in this terminal, and saves the game as a tape.

usage: arena engine play [settings] [--tape PATH] [--force]

Keys are NetHack's own: hjklyubn or the arrows to move, ? for its help, Alt or Escape and a letter for M- commands.
Ctrl-C leaves; the tape is saved then too. The same seeds give the same game.

${SETTINGS_HELP}
  --tape PATH       where to save the tape; default nethack-<core seed>.tape, here
  --force           overwrite what is there

  arena engine play --core 1 --disp 1 --character val-dwa-law-fem`;

const OPTIONS = {
  ...SETTINGS_OPTIONS,
  tape: { type: 'string' },
  force: { type: 'boolean', default: false },
} as const;

const CTRL_C = 3;

/** Plays until the game is over or the player leaves; returns the exit code that is due. */
async function playOn(tty: Tty, game: Game, onKey: () => void): Promise<number> {
  const painter = new Painter();
  for (;;) {
    const { rows, columns } = tty.size;
    tty.write(painter.paint(fit(screenOf(game.observation), rows, columns)));
    const event = await tty.next();
    if (event === null) continue;
    if (event.type === 'stop') return event.code;
    if (event.type === 'resize') {
      painter.forget();
      continue;
    }
    for (const key of event.keys) {
      if (key.kind === 'byte' && key.byte === CTRL_C) return EXIT.ok;
      const goesOn = game.step(gameKey(key));
      onKey();
      if (!goesOn) return EXIT.ok;
    }
  }
}

function summary(tape: Tape, path: string, bytes: number): string {
  const { score, turns, deepestLevel } = tape.figures;
  return (
    `${endWords(tape)}: score ${count(score)}, ${count(turns)} turns, deepest level ${count(deepestLevel)}\n` +
    `${path} (${sizeOf(bytes)}, ${count(tape.keys.length)} keys). Watch it: arena engine replay ${path}\n`
  );
}

/** Asked before the game, not after hours of it. */
async function demandRoom(path: string, overwrite: boolean): Promise<void> {
  if (!overwrite && existsSync(path))
    throw new CommandError(`${path} is there already; choose another name or say --force`);
  await access(dirname(path), constants.W_OK);
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length > 0) throw new UsageError(`what is '${positionals[0] ?? ''}'? Settings have names`);
  const settings = readSettings(values, randomSeed);
  const path = values.tape ?? freeName(`nethack-${settings.seeds.core}`, '.tape');
  await demandRoom(path, values.force);
  const engine = await Engine.load();
  const recorder = new TapeRecorder(engine.id, settings);
  const game = engine.newGame({
    ...settings,
    fields: [...new Set([...recorder.fields, ...SCREEN_FIELDS, ...SCORE_FIELDS])],
  });
  const figures = new ScoreKeeper();
  figures.take(game.observation);
  const tty = new Tty('playing');
  let code: number = EXIT.failed;
  let fault: EngineError | null = null;
  try {
    code = await playOn(tty, game, () => {
      if (!game.ended) figures.take(game.observation);
      recorder.note(game);
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    fault = error;
  } finally {
    tty.close();
    const tape = recorder.finish(game, figures);
    const bytes = await saveFile(path, [await encodeTape(tape)], values.force);
    out(summary(tape, path, bytes));
  }
  if (fault !== null) throw fault;
  return code;
}

export const PLAY: Command = {
  name: 'play',
  summary: 'play by hand in this terminal, and keep the tape',
  help: HELP,
  run,
};

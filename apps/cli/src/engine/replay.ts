import { Engine } from '@arena/engine';
import { Painter, TapePlayer, screenOf } from '@arena/tape';
import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { keyName } from '../terminal/keys.ts';
import { Tty } from '../terminal/tty.ts';
import { fit, textOf } from '../terminal/view.ts';
import { CommandError } from '../usage.ts';
import { initialReplay, pass, press, speedName, type ReplayState } from './replay-state.ts';
import { wholeNumber } from './settings.ts';
import { count, demandEngine, oneFile, readTape } from './tape-file.ts';
import { out } from '../terminal/out.ts';

const HELP = `Shows a tape in this terminal.

usage: arena engine replay FILE [--at KEYS]

  --at KEYS   begin after so many keys; where standard output is no terminal, print that screen as text and leave

  Space         play, pause                 ← →           a key back, a key on
  ↑ ↓ or + -    faster, slower              Shift ← →     100 keys
  0 … 9         0 % … 90 % of the game      Page ↑ ↓      1,000 keys
  g             go to a key by its number   Home End      to the start, to the end
  q or Escape   leave

  arena engine replay game.tape
  arena engine replay game.tape --at 1200 | less`;

/** Pictures a second while it plays. */
const TICK_MS = 33;
/** The game runs this long at a time, then looks at the keyboard. */
const CHUNK_MS = 25;

function statusLine(state: ReplayState, player: TapePlayer, keys: Uint8Array, columns: number): string {
  const { position, length, figures } = player;
  const next = keys[position];
  const parts =
    state.typed === null
      ? [
          state.playing ? 'playing' : 'paused',
          speedName(state),
          `key ${count(position)}/${count(length)}`,
          `turn ${count(figures.turns)}`,
          `score ${count(figures.score)}`,
          `Dlvl ${count(figures.depth)}`,
          next === undefined ? 'the end' : `next ${keyName(next)}`,
          'space arrows 0-9 g q',
        ]
      : [`go to key (0-${count(length)}): ${state.typed}_`, 'Enter goes there, Escape does not'];
  return ` ${parts.join('  ')}`.slice(0, columns).padEnd(columns);
}

async function show(tty: Tty, player: TapePlayer, keys: Uint8Array, at: number): Promise<number> {
  const painter = new Painter();
  let state = initialReplay(player.length, at);
  let before = performance.now();
  for (;;) {
    const end = performance.now() + CHUNK_MS;
    const arrived = player.seek(state.target, () => performance.now() < end);
    const { rows, columns } = tty.size;
    const view = fit(screenOf(player.observation), rows - 1, columns);
    const status = statusLine(state, player, keys, Math.min(columns, Math.max(view.columns, 40)));
    const statusAt = `\x1b[${Math.min(rows, view.rows + 1)};1H\x1b[0;7m${status}\x1b[0m`;
    tty.write(`\x1b[?25l${painter.paint(view)}${statusAt}${cursorAt(view)}\x1b[?25h`);
    const wait = !arrived ? 0 : state.playing ? TICK_MS : Infinity;
    const event = await tty.next(wait);
    if (event?.type === 'stop') return event.code;
    if (event?.type === 'resize') {
      painter.forget();
      tty.write('\x1b[0m\x1b[2J');
    }
    const wasPlaying = state.playing;
    if (event?.type === 'keys') for (const key of event.keys) state = press(state, key);
    if (state.left) return EXIT.ok;
    // pausing in the middle of a long way stays where it is
    if (wasPlaying && !state.playing && !arrived) state = { ...state, target: player.position };
    const now = performance.now();
    state = pass(state, now - before, arrived);
    before = now;
  }
}

const cursorAt = ({ cursorRow, cursorColumn }: { cursorRow: number; cursorColumn: number }): string =>
  `\x1b[${cursorRow + 1};${cursorColumn + 1}H`;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { at: { type: 'string' } });
  const path = oneFile(positionals, 'tape');
  const at = values.at === undefined ? 0 : wholeNumber('at', values.at);
  const tape = await readTape(path);
  const engine = await Engine.load();
  demandEngine(path, tape, engine);
  if (at > tape.keys.length)
    throw new CommandError(`${path} has ${count(tape.keys.length)} keys; --at ${at} is behind its end`);
  const player = new TapePlayer(engine, tape);
  try {
    if (!process.stdout.isTTY && values.at !== undefined) {
      player.seek(at);
      out(`${textOf(screenOf(player.observation))}\n`);
      return EXIT.ok;
    }
    const tty = new Tty('a replay');
    try {
      return await show(tty, player, tape.keys, at);
    } finally {
      tty.close();
    }
  } finally {
    player.dispose();
  }
}

export const REPLAY: Command = {
  name: 'replay',
  summary: 'show a tape, with pause, speed and seek',
  help: HELP,
  run,
};

/**
 * `node agents/baselines/dist/testing/record.js`: lets explorer play until each behaviour of cases.ts was seen, and writes the
 * positions as positions.json beside this file's source: the shortest games that show what they should. Some minutes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { Player } from '../explorer/player.ts';
import { CASES } from './cases.ts';
import { packed, play, settingsOf, type Position } from './position.ts';
import { STAGED } from './staged.ts';

const FILE = new URL('../../testing/positions.json', import.meta.url);
const GAMES = Number(process.argv[2] ?? 100);
const MOST_KEYS = 6000;
/** So many keys before its decision explorer is shown the game: what it has to know of the level it then sees for itself. */
const LEADS = [0, 10, 60, 250];
/** Turns that a staged position is waited for. */
const MOST_WAITS = 40;
/** Positions of a behaviour that are tried in a game. */
const TRIES = 3;

const engine = await Engine.load();
const kept = new Map(
  (JSON.parse(readFileSync(FILE, 'utf8')) as Position[]).map((position) => [position.by, position]),
);
const shows = (position: Position): boolean => {
  const shown = play(engine, position);
  return shown !== null && (CASES[position.by]?.(shown) ?? false);
};
for (const [by, position] of kept) if (CASES[by] === undefined || !shows(position)) kept.delete(by);
for (const { by, seed, character, keys } of STAGED) {
  const waits = Array.from({ length: MOST_WAITS }, (_, n) => keys + 's\x1b'.repeat(n));
  const found = waits
    .map((all): Position => ({ by, seed, character, debug: true, keys: packed([...Buffer.from(all)]) }))
    .find(shows);
  if (found !== undefined) kept.set(by, found);
}

for (let seed = 1000; seed < 1000 + GAMES; seed++) {
  // Only archeologists and dwarves have what to dig with.
  const about = { seed, character: seed % 4 === 0 ? 'arc-dwa-law-mal' : '@' };
  const game = engine.newGame(settingsOf(about));
  const player = new Player(seed);
  const keys: number[] = [];
  const decided: { by: string; at: number }[] = [];
  let last = '';
  while (!game.ended && keys.length < MOST_KEYS) {
    const key = player.act(game.observation);
    if (player.doing !== last) decided.push({ by: player.doing, at: keys.length });
    last = player.doing;
    game.step(key);
    keys.push(key);
  }
  game.dispose();
  for (const by of Object.keys(CASES)) {
    if (kept.has(by)) continue;
    for (const { at } of decided.filter((one) => one.by === by).slice(0, TRIES)) {
      const found = LEADS.filter((lead) => lead <= at)
        .map((lead): Position => ({ by, ...about, keys: packed(keys.slice(0, at - lead)) }))
        .find(shows);
      if (found === undefined) continue;
      kept.set(by, found);
      break;
    }
  }
  const missing = Object.keys(CASES).filter((by) => !kept.has(by));
  process.stderr.write(`${seed}: ${kept.size}/${Object.keys(CASES).length}; ${missing.join(', ')}\n`);
  if (missing.length === 0) break;
}
const order = Object.keys(CASES);
const positions = [...kept.values()].sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by));
writeFileSync(FILE, `${JSON.stringify(positions, null, 2)}\n`);

// Walks until something stops it, then turns; goes down where it stands on stairs; leaves every question.
import { Game, hello, play } from './arena';

const told = hello();
const blstats = told.offset('blstats');
const internal = told.offset('internal');
const misc = told.offset('misc');

const ways = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'].map<i32>((name) =>
  told.key('CompassDirection', name),
);
const more = told.key('MiscAction', 'MORE');
const escape = told.key('Command', 'ESC');
const down = told.key('MiscDirection', 'DOWN');

class Walk {
  direction: i32 = 0;
  x: i32 = -1;
  y: i32 = -1;
  state: u32 = 1;

  /** Marsaglia's xorshift, seeded by the game's own seed so that the same game is played again. */
  draw(): u32 {
    this.state ^= this.state << 13;
    this.state ^= this.state >> 17;
    this.state ^= this.state << 5;
    return this.state;
  }
}

const walks = new Map<i32, Walk>();

function act(game: Game): i32 {
  if (game.get<i32>(misc, 2) != 0) return more;
  if (game.get<i32>(misc, 0) != 0 || game.get<i32>(misc, 1) != 0) return escape;
  if (game.newGame) {
    const begun = new Walk();
    begun.state = game.seed | 1;
    walks.set(game.slot, begun);
  }
  const walk = walks.get(game.slot);
  const x = game.get<i32>(blstats, 0);
  const y = game.get<i32>(blstats, 1);
  if (walk.x == x && walk.y == y) walk.direction = walk.draw() % 8;
  walk.x = x;
  walk.y = y;
  return game.get<i32>(internal, 4) != 0 ? down : ways[walk.direction];
}

play('arena-wasm-assemblyscript', '1.0.0', act);

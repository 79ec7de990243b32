// Presses each of the 121 actions with the same probability; a game's random numbers come from its own seed.
import { Game, hello, play } from './arena';

const ACTIONS = 121;
const told = hello();
const keys = new Uint8Array(ACTIONS);
const states = new Uint32Array(told.gamesAtOnce);

// The actions' keys stand in hello in their order.
let at = told.text.indexOf('"actions":');
for (let i = 0; i < ACTIONS; i++) {
  at = told.text.indexOf('"key":', at + 1);
  keys[i] = <u8>told.number('key', at);
}

/** mulberry32: 32 bits of state a game, period 2^32. */
function next(slot: i32): u32 {
  const state = states[slot] + 0x6d2b79f5;
  states[slot] = state;
  let mixed: u32 = (state ^ (state >> 15)) * (state | 1);
  mixed ^= mixed + (mixed ^ (mixed >> 7)) * (mixed | 61);
  return mixed ^ (mixed >> 14);
}

function act(game: Game): i32 {
  if (game.newGame) states[game.slot] = game.seed;
  // 32 bits times 121: the most likely action is more likely than the least by one in 35 million.
  return keys[<i32>((<u64>next(game.slot) * ACTIONS) >> 32)];
}

play('random-wasm-assemblyscript', '1.0.0', act);

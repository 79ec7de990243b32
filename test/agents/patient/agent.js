/** Wanders about at some 60 steps a second, then quits the game politely. A fixture for tests that watch a game. */
const STEPS = 400;
const MOVES = [...'hjklyubns'].map((letter) => letter.charCodeAt(0));
const MORE = 13;
/** ESC out of whatever asks, then quit and say yes to all that comes; again if a question took one of the keys. */
const ENDING = [27, 27, 241, 121, 13, 121];
const pause = new Int32Array(new SharedArrayBuffer(4));

export function createAgent() {
  let steps = 0;
  return {
    reset() {
      steps = 0;
    },
    act() {
      steps += 1;
      if (steps < STEPS) {
        Atomics.wait(pause, 0, 0, 16);
        // Every tenth key answers what a move may have asked.
        return steps % 10 === 0 ? MORE : MOVES[(steps * 7919) % MOVES.length];
      }
      return ENDING[(steps - STEPS) % ENDING.length];
    },
  };
}

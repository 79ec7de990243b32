import { writeSync } from 'node:fs';

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) writeSync(1, Uint8Array.from([0, 0, 0, 64, 130, 1, 2, 3]));
      return SEARCH;
    },
  };
}

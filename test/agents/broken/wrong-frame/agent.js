import { writeSync } from 'node:fs';

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) writeSync(1, Uint8Array.from([1, 0, 0, 0, 7, 42]));
      return SEARCH;
    },
  };
}

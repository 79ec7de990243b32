import { writeSync } from 'node:fs';

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) writeSync(1, new Uint8Array(1 << 20));
      return SEARCH;
    },
  };
}

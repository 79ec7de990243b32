import { writeSync } from 'node:fs';

const SEARCH = 115;
const noise = new Uint8Array(1 << 18).fill(120);
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      writeSync(2, noise);
      return SEARCH;
    },
  };
}

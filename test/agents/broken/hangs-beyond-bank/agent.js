const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 6) for (;;);
      return SEARCH;
    },
  };
}

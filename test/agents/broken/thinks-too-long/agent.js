const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      const end = Date.now() + 150;
      while (Date.now() < end);
      return SEARCH;
    },
  };
}

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) process.kill(process.pid, 'SIGKILL');
      return SEARCH;
    },
  };
}

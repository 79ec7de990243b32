const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      console.log('searching');
      process.stdout.write('searching\n');
      return SEARCH;
    },
  };
}

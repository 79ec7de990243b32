const SEARCH = 115;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) for (;;);
      return SEARCH;
    },
  };
}

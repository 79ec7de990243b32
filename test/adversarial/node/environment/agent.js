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
  const words = JSON.stringify(process.env);
  if (/DATABASE|SECRET|TOKEN|postgres/.test(words)) process.exit(99);
  denied(Object.keys(process.env).length);
}

import { Worker } from 'node:worker_threads';

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
  const failed = new Promise((_, reject) => {
    for (let i = 0; i < 60; i++) {
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      worker.on('error', reject);
    }
  });
  await failed;
}

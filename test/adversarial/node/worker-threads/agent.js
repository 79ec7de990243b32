import { Worker } from 'node:worker_threads';

const SEARCH = 115;
const WISHED = 60;
let answers = 0;

export const createAgent = () => ({
  async act() {
    answers += 1;
    if (answers === 11) await attempt();
    return SEARCH;
  },
});

async function attempt() {
  let online = 0;
  await new Promise((resolve, reject) => {
    for (let i = 0; i < WISHED; i++) {
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      worker.on('error', reject);
      worker.on('online', () => {
        online += 1;
        if (online === WISHED) resolve();
      });
    }
  });
  console.error(`BREACH: ${online} threads`);
}

import net from 'node:net';
import dns from 'node:dns/promises';

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
  for (const host of ['127.0.0.1', '::1', '169.254.169.254']) {
    await new Promise((resolve) => {
      const socket = net.connect(5432, host, () => process.exit(99));
      socket.on('error', (error) => {
        denied(error);
        resolve();
      });
    });
  }
  await dns.lookup('example.com').then(() => process.exit(99), denied);
}

import { accessSync, constants, mkdirSync, readdirSync, writeFileSync } from 'node:fs';

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
  const folders = [
    '/',
    '/agent',
    '/runtime',
    '/node_modules',
    '/usr',
    '/usr/bin',
    '/usr/lib',
    '/dev',
    '/proc',
    '/proc/sys/kernel',
    '/sys',
  ];
  for (const folder of folders) {
    for (const make of [() => writeFileSync(`${folder}/x`, 'x'), () => mkdirSync(`${folder}/y`)]) {
      try {
        make();
      } catch (error) {
        denied(error.code);
        continue;
      }
      process.exit(99);
    }
  }
  for (const name of readdirSync('/agent')) {
    try {
      accessSync(`/agent/${name}`, constants.W_OK);
    } catch (error) {
      denied(error.code);
      continue;
    }
    process.exit(99);
  }
}

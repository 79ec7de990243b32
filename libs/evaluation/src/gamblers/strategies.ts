/** Ways in which an agent that rolled badly might lose a game, in the hope of being given it again. */

/** Statements of the agent's, done in a game that it dislikes. `wait(ms)` sleeps, `raw(bytes)` writes to its standard output. */
export interface Strategy {
  readonly name: string;
  /** When its first question comes, before it has rolled; in every other game. */
  readonly atStart?: string;
  /** In its fourth question. */
  readonly during?: string;
  /** Once it is told that the game is over. */
  readonly after?: string;
  /** Keys from the second question on, in a game that allows NetHack's debug mode. */
  readonly keys?: string;
}

/** Of the games of gamblers, milliseconds. */
export const STEP_MS = 250;
export const MEMORY_MIB = 96;

const HANG = 'for (;;);';
const SLEEP = 'wait(1e6);';
const HELPER = `const helper = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 1e6)'], { stdio: 'ignore' });`;
const FILL = (mib: number): string =>
  `const kept = []; for (let i = 0; i < ${mib}; i++) kept.push(Buffer.alloc(2 ** 20, 1));`;

export const STRATEGIES: readonly Strategy[] = [
  { name: 'hangs', during: HANG },
  { name: 'sleeps', during: SLEEP },
  { name: 'hangs behind sleeping processes', during: `for (let i = 0; i < 12; i++) { ${HELPER} } ${HANG}` },
  {
    name: 'hangs beside busy threads',
    during: `for (let i = 0; i < 6; i++) new Worker('for (;;);', { eval: true }); ${HANG}`,
  },
  {
    name: 'starves itself beside busy processes',
    during: `for (let i = 0; i < 6; i++) spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }); ${SLEEP}`,
  },
  { name: 'answers at the limit', during: `wait(${STEP_MS} - 12 + randomBytes(1)[0] % 20);` },
  { name: 'answers late', during: `wait(${STEP_MS + 60});` },
  { name: 'exits well', during: 'process.exit(0);' },
  { name: 'exits badly', during: 'process.exit(3);' },
  { name: 'raises', during: `throw new Error('no');` },
  { name: 'exits at the start of a game', atStart: 'process.exit(0);' },
  { name: 'hangs at the start of a game', atStart: HANG },
  { name: 'raises after a game', after: `throw new Error('no');` },
  { name: 'exits after a game', after: 'process.exit(0);' },
  { name: 'hangs after a game', after: HANG },
  { name: 'kills itself', during: `process.kill(process.pid, 'SIGKILL'); ${SLEEP}` },
  { name: 'terminates itself', during: `process.kill(process.pid, 'SIGTERM'); ${SLEEP}` },
  { name: 'kills itself after a game', after: `process.kill(process.pid, 'SIGKILL'); ${SLEEP}` },
  { name: 'kills all that it can', during: `process.kill(-1, 'SIGKILL'); ${SLEEP}` },
  { name: 'stops itself', during: `process.kill(process.pid, 'SIGSTOP'); ${SLEEP}` },
  { name: 'aborts', during: 'process.abort();' },
  { name: 'kills its helper and waits for it', during: `${HELPER} helper.kill('SIGKILL'); ${SLEEP}` },
  { name: 'closes its output', during: `closeSync(1); ${SLEEP}` },
  { name: 'closes its input', during: `closeSync(0); ${SLEEP}` },
  {
    name: 'forks without end',
    during: `for (;;) spawn(process.execPath, ['-e', 'setTimeout(() => 0, 1e6)'], { stdio: 'ignore' }).on('error', () => 0);`,
  },
  { name: 'takes more than its memory', during: FILL(4 * MEMORY_MIB) },
  { name: 'takes its memory up to the limit and hangs', during: `${FILL(MEMORY_MIB / 3)} ${HANG}` },
  {
    name: 'fills its disk',
    during: `for (let i = 0; ; i++) writeFileSync('/tmp/' + i, Buffer.alloc(2 ** 20, 1));`,
  },
  { name: 'floods its log', during: `for (;;) writeSync(2, 'x'.repeat(2 ** 16));` },
  { name: 'floods its output', during: `for (;;) raw(Buffer.alloc(2 ** 16, 1));` },
  {
    name: 'gives an answer that is too big',
    during: `const big = Buffer.alloc(2 ** 20); big.writeUInt32LE(2 ** 20 - 5); big[4] = 130; raw(big);`,
  },
  { name: 'answers nonsense', during: 'return 7;' },
  { name: 'crashes the engine', keys: '#panic\ry' },
];

/** The keys by which a game's tape tells what was rolled in it. */
export const LIKED = 'h'.charCodeAt(0);
export const DISLIKED = 'l'.charCodeAt(0);

/** An agent in JavaScript: its first key in each game says whether it likes what it rolled, by a coin that nobody can repeat. */
export function gambler({ atStart = '', during = '', after = '', keys = '' }: Strategy): string {
  return `
    import { randomBytes } from 'node:crypto';
    import { spawn } from 'node:child_process';
    import { closeSync, writeFileSync, writeSync } from 'node:fs';
    import { Worker } from 'node:worker_threads';
    const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const raw = (bytes) => { for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at); };
    const coin = () => randomBytes(1)[0] % 2 === 0;
    const keys = ${JSON.stringify(keys)};
    let likes = true;
    export function createAgent() { return {
      act({ step }) {
        if (step === 0) {
          if (coin()) { ${atStart} }
          likes = coin();
          return likes ? ${LIKED} : ${DISLIKED};
        }
        if (likes) return 115;
        if (step === 3) { ${during} }
        return keys.charCodeAt(step - 1) || 115;
      },
      gameOver() { if (!likes) { ${after} } },
    }; }`;
}

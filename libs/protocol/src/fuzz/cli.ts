/** `npm run fuzz:protocol`: random and mutated output of agents for the reader of answers. */
import { fuzz } from './run.ts';

const HELP = `Gives random and mutated output of agents to the reader of answers: no crash, no growth, always a verdict.

usage: npm run fuzz:protocol [-- options]

  --frames N   how many outputs (100000)
  --seed N     which ones (1): the same seed gives the same outputs
  --json       one JSON document on standard output`;

/** Heap that may be gained over the whole run, MiB: what is young comes and goes (measured: 0.5 to 4). A reader that kept 256 bytes an output would gain 25. */
const MOST_GROWTH_MIB = 24;

/** By hand, since this library has to work without Node's modules. Throws on what it does not know. */
function read(args: readonly string[]): { frames: string; seed: string; json: boolean; help: boolean } {
  const values = { frames: '100000', seed: '1', json: false, help: false };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--json') values.json = true;
    else if (arg === '--help' || arg === '-h') values.help = true;
    else if (arg === '--frames') values.frames = args[++i] ?? '';
    else if (arg === '--seed') values.seed = args[++i] ?? '';
    else throw new Error(`there is no option ${arg} (see --help)`);
  }
  return values;
}

function main(): number {
  const values = read(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [frames, seed] = [Number(values.frames), Number(values.seed)];
  if (!Number.isInteger(frames) || frames < 1 || !Number.isInteger(seed) || seed < 1) {
    console.error('fuzz:protocol: --frames and --seed are whole numbers from 1 (see --help)');
    return 2;
  }
  const begin = performance.now();
  // What is compiled and kept once is not growth.
  fuzz(Math.min(frames, 2000), seed);
  const before = process.memoryUsage();
  const report = fuzz(frames, seed);
  const after = process.memoryUsage();
  const grownMiB = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20;
  const seconds = (performance.now() - begin) / 1000;
  if (values.json) console.log(JSON.stringify({ ...report, seed, grownMiB, seconds }));
  else {
    for (const [verdict, count] of Object.entries(report.verdicts).sort(([, a], [, b]) => b - a))
      console.log(`${String(count).padStart(9)}  ${verdict}`);
    console.log(
      `${report.outputs} outputs in ${seconds.toFixed(1)} s, heap ${grownMiB >= 0 ? '+' : ''}${grownMiB.toFixed(1)} MiB`,
    );
  }
  if (grownMiB <= MOST_GROWTH_MIB) return 0;
  console.error(`fuzz:protocol: the heap grew by ${grownMiB.toFixed(1)} MiB; ${MOST_GROWTH_MIB} are allowed`);
  return 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`fuzz:protocol: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

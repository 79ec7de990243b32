import { runBenchmark } from '@arena/benchmark';
import { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { measureFirstSeconds } from './first-seconds.ts';
import { measureMoments } from './moments.ts';
import { measureSpeed } from './speed.ts';
import { recordedTapes } from './tapes.ts';

try {
  await runBenchmark({
    name: 'bench:engine',
    about: `Measures the engine: both ways of running against the same port compiled for this machine (the native twin), on the
same tapes in the same run, in processor time; new games, snapshots, memory, size; and the first seconds of a process.`,
    measure: async (tell) => {
      const engine = await Engine.load();
      const tapes = recordedTapes();
      await measureSpeed(engine, tapes, tell);
      for (const measure of measureMoments(engine, tapes)) tell(measure);
      for (const measure of await measureFirstSeconds()) tell(measure);
      return { engine: engine.id };
    },
  });
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  process.stderr.write(`bench:engine: ${error.message}\n`);
  process.exitCode = 1;
}

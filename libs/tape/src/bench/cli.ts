import { runBenchmark } from '@arena/benchmark';
import { Engine, EngineError } from '@arena/engine';
import { measureAll } from './measures.ts';

try {
  await runBenchmark({
    name: 'bench:tape',
    about: 'Measures tapes: size of the file, cost of the digests, seeking.',
    measure: async (tell) => {
      const engine = await Engine.load();
      for (const measure of await measureAll(engine)) tell(measure);
      return { engine: engine.id };
    },
  });
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  process.stderr.write(`bench:tape: ${error.message}\n`);
  process.exitCode = 1;
}

/** The program `arena`. */
import { ENGINE } from './engine/index.ts';
import { runProgram } from './program.ts';

// whoever reads our output may leave early: `arena … | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runProgram([ENGINE], process.argv.slice(2));

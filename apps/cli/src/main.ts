/** The program `arena`. */
import { ADMIN } from './admin/index.ts';
import { CHECK } from './check/index.ts';
import { DOCTOR } from './doctor/index.ts';
import { ENGINE } from './engine/index.ts';
import { INIT } from './init/index.ts';
import { PACK } from './pack/index.ts';
import { PLAY } from './play/index.ts';
import { runProgram } from './program.ts';
import { RUNTIME } from './runtime/index.ts';
import { SUBMIT } from './submit/index.ts';
import { TOURNAMENT } from './tournament/index.ts';

// whoever reads our output may leave early: `arena … | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runProgram(
  [INIT, PLAY, CHECK, PACK, SUBMIT, ENGINE, TOURNAMENT, RUNTIME, ADMIN, DOCTOR],
  process.argv.slice(2),
);

/** Environments for a program in another language on the same machine, served over two pipes; `main.ts` is the process. */
export { Server, type Reply } from './server.ts';
export { FRAME_OF_CLIENT, FRAME_OF_SERVER, RESULT_BYTES, RESULT_FLAG } from './wire.ts';

/** How api and worker write what happens: one line a message on standard error. */
export { Lines } from './lines.ts';

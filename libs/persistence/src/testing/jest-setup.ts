import { beginRun } from './server.ts';

/** Jest's globalSetup: names the run. The server itself starts with the first test file that asks for a database. */
export default function setup(): void {
  beginRun();
}

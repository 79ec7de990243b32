/** The parts of the command line that others may test or build on. */
export { type Command, type Group } from './command.ts';
export { runProgram } from './program.ts';
export { CommandError, UsageError } from './usage.ts';

export { CommandError, UsageError } from './usage.ts';

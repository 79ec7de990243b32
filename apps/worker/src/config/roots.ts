import { readFileSync } from 'node:fs';
import { RuntimeRootsError, parseRuntimeRoots, type NamedRoot } from '@arena/protocol';
import { ConfigError } from './errors.ts';

/** Reads the file of ARENA_RUNTIME_ROOTS. Throws {@link ConfigError}, which names what is wrong. */
export function readRoots(path: string): Record<string, NamedRoot> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`ARENA_RUNTIME_ROOTS: ${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    return parseRuntimeRoots(text);
  } catch (error) {
    if (!(error instanceof RuntimeRootsError)) throw error;
    throw new ConfigError(`ARENA_RUNTIME_ROOTS: ${path} is wrong: ${error.message}`);
  }
}

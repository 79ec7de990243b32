import { readFileSync } from 'node:fs';

/** A file's text; `otherwise` where it cannot be read. */
export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return otherwise;
  }
}

import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Copies what the sandbox needs of @arena/contracts to where code in `folder` finds it: another user may not be able to
 * read the checkout.
 */
export function placeContracts(folder: string): void {
  const origin = dirname(dirname(fileURLToPath(import.meta.resolve('@arena/contracts/text'))));
  const copy = join(folder, 'node_modules', '@arena', 'contracts');
  for (const part of ['package.json', 'dist'])
    cpSync(join(origin, part), join(copy, part), { recursive: true });
}

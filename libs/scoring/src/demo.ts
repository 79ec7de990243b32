import { createHash } from 'node:crypto';

/** The demo competition's master seed. Public on purpose: everyone's demo plays the same games. A contest has a secret one. */
export const DEMO_MASTER_SEED: Uint8Array = createHash('sha256').update('NetHack Arena demo').digest();

import { z } from 'zod';

/** What routes take from addresses, checked before any handler runs. */
export const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/,
    'a competition is named by 1 to 64 letters a–z, digits and inner hyphens',
  );

export const idSchema = z.guid('an id has the form 00000000-0000-0000-0000-000000000000');

export const offsetSchema = z.coerce.number().int().min(0).max(1_000_000).default(0);
export const limitSchema = z.coerce.number().int().min(1).max(500).default(100);

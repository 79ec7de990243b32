/**
 * A backup's file: a line that says what it is and in which version, then one gzip stream, then the SHA-256 of all before it.
 * The stream is a sequence of frames, each a 32-bit length and so many bytes: the header as JSON; of each table its rows as COPY
 * writes them, in pieces, and an empty frame; the footer as JSON.
 */
import { z } from 'zod';

const NAME = 'nethack-arena backup';
const VERSION = 1;
export const MAGIC = Buffer.from(`${NAME} ${VERSION}\n`);
export const DIGEST_BYTES = 32;
export const LENGTH_BYTES = 4;
/** COPY's pieces are 64 kB, a row is a piece of its own at most: an archive of 64 MiB in hexadecimal digits. */
export const MOST_FRAME = 2 ** 30;

const table = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1) });
const header = z.object({
  created: z.string(),
  /** Names of the migrations of the database, in their order. */
  migrations: z.array(z.string()).min(1),
  /** Version of pg-boss's tables; null where no queue was opened yet. */
  queueSchema: z.number().int().nullable(),
  tables: z.array(table),
});
const footer = z.object({
  /** By `schema.name`. */
  rows: z.record(z.string(), z.number().int()),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string() })),
});

export type BackedUpTable = z.infer<typeof table>;
export type BackupHeader = z.infer<typeof header>;
export type BackupFooter = z.infer<typeof footer>;

export const parseHeader = (text: string): BackupHeader => header.parse(JSON.parse(text));
export const parseFooter = (text: string): BackupFooter => footer.parse(JSON.parse(text));

export const keyOf = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/** The bytes as a frame. */
export function frame(bytes: Uint8Array): Buffer[] {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return [length, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)];
}

/** Why a file that begins with these bytes cannot be read; null if it can. */
export function strangeness(start: Buffer): string | null {
  if (start.equals(MAGIC)) return null;
  const version = new RegExp(`^${NAME} (\\d+)\\n?`).exec(start.toString('latin1'))?.[1];
  if (version === undefined || version === String(VERSION)) return 'it is no backup of an arena';
  return `its format is version ${version}, and this checkout reads version ${VERSION}: use the checkout that made it, or a newer one`;
}

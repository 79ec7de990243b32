export interface ArchiveLimits {
  /** Bytes of the .tar.gz. */
  compressedBytes: number;
  /** Bytes of the .tar inside, headers included. */
  unpackedBytes: number;
  /** Unpacked over compressed bytes, looked at once GRACE_BYTES came out. Code compresses 3–6 times, zeros 1,000. */
  ratio: number;
  entries: number;
  manifestBytes: number;
}

export const DEFAULT_LIMITS: ArchiveLimits = {
  compressedBytes: 64 * 2 ** 20,
  unpackedBytes: 512 * 2 ** 20,
  ratio: 100,
  entries: 4_000,
  manifestBytes: 64 * 2 ** 10,
};

/** Tar pads every file to 512 bytes and so small archives of small files compress far; below this no ratio is asked. */
export const RATIO_GRACE_BYTES = 8 * 2 ** 20;

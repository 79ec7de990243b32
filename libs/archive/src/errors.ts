/** Stable codes for programs. */
export const ARCHIVE_FAULTS = [
  'archive_too_large',
  'archive_not_gzip',
  'archive_not_tar',
  'archive_truncated',
  'archive_empty',
  'archive_unpacks_too_large',
  'archive_too_many_entries',
  'archive_bad_name',
  'archive_name_collision',
  'archive_link',
  'archive_special_file',
  'archive_no_manifest',
  'archive_manifest_too_large',
] as const;
export type ArchiveFault = (typeof ARCHIVE_FAULTS)[number];

/** The archive is refused; the message tells its sender what is wrong with it and what to do. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
  constructor(
    readonly code: ArchiveFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

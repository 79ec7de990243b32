export { BackupError } from './errors.ts';
export { verifyBackup } from './read.ts';
export { restoreBackup, type Restored, type RestoreOptions } from './restore.ts';
export { writeBackup, type BackedUp, type BackupOptions } from './write.ts';

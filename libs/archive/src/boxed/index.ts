export { ArchiveBox, openArchiveBox, type ArchiveBoxOptions } from './archive-box.ts';
export { DocumentError, decodeDocument, encodeContents } from './document.ts';
export { examineUploads } from './examine.ts';

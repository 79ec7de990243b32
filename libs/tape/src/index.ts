/** Tapes: games as files of a few kilobytes that anyone can play again, check, seek in and hand on. */
export { TapeError, type TapeErrorCode } from './errors.ts';
export { decodeTape, encodeTape } from './format/file.ts';
export { LIMITS as TAPE_LIMITS } from './format/layout.ts';
export { SCREEN_FIELDS, TapePlayer, type PlayerOptions } from './player/tape-player.ts';
export { CHECKPOINT_KEYS, DIGESTED_FIELDS } from './proof/chain.ts';
export { TapeRecorder, type RecorderOptions } from './proof/recorder.ts';
export { recordTape } from './proof/record.ts';
export { type Onlooker } from './proof/replay.ts';
export { verify, type Difference, type Verification } from './proof/verify.ts';
export { startOf } from './settings.ts';
export { xlogfileFields, xlogfileLine, type Tape, type TapeEnd, type TapeFigures } from './tape.ts';
export { Painter } from './ttyrec/painter.ts';
export { screenOf, TERMINAL, type Screen } from './ttyrec/screen.ts';
export { KEYS_PER_SECOND, ttyrec, type TtyrecVersion } from './ttyrec/writer.ts';
export { readTtyrec3, type Recording } from './ttyrec/reader.ts';
export { tapeFromRecording, type Imported } from './ttyrec/import.ts';

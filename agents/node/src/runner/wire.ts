/** The client's side of the wire protocol, version 1, as docs/AGENTS.md describes it. Kept free of imports: in the sandbox there are none. */

export const PROTOCOL_VERSION = 1;
export const FRAME_HEADER_BYTES = 5;
export const FRAME = {
  hello: 1,
  observe: 2,
  gameOver: 3,
  stop: 4,
  changes: 5,
  last: 6,
  ready: 129,
  act: 130,
} as const;
export const CHANGES_HEADER_BYTES = 16;
export const BLOCK_BYTES = 64;
export const RECORD_HEADER_BYTES = 24;
export const FLAG_NEW_GAME = 1;
export const ACT_HEADER_BYTES = 4;
export const ACT_ENTRY_BYTES = 3;
export const NO_KEY = 0;
export const MAX_EXPLANATION_BYTES = 2048;
export const GAME_OVER_HEADER_BYTES = 8;

/** The first frame's JSON. */
export interface Hello {
  protocol: number;
  versions: { platform: string; nethack: string; engine: string };
  limits: Record<string, number>;
  gamesAtOnce: number;
  recordBytes: number;
  strideBytes: number;
  fields: {
    name: string;
    dtype: 'int8' | 'uint8' | 'int16' | 'int32';
    shape: number[];
    bytes: number;
    offset: number;
  }[];
  actions: { index: number; set: string; name: string; key: number }[];
  seed: number;
}

/**
 * Frames between a program that trains or tries an agent and the process that plays its games, on one machine. The frame
 * (u32 length, u8 type, payload) and the image of changes are those of @arena/protocol; both ends are of one checkout, so
 * there are no versions.
 */

/** `call`: JSON, see calls.ts. `step`: u32 group, u32 count, then {@link STEP_ENTRY_BYTES} for each action. */
export const FRAME_OF_CLIENT = { call: 160, step: 161 } as const;

/**
 * `reply`: JSON. `refusal`: JSON `{code, message}`; nothing was done. `observed`: u32 group, u32 count,
 * {@link RESULT_BYTES} for each game, then the payload of a changes frame with the same games.
 */
export const FRAME_OF_SERVER = { reply: 32, refusal: 33, observed: 34 } as const;

/** u16 slot, u16 zero, i32 action. */
export const STEP_ENTRY_BYTES = 8;
export const STEP_HEADER_BYTES = 8;

/** f64 reward, i16 end status, u16 flags, u32 steps of the episode. */
export const RESULT_BYTES = 16;
export const OBSERVED_HEADER_BYTES = 8;
/** `fresh`: the first observation of an episode, which follows the end of the one before where games reset themselves. */
export const RESULT_FLAG = { terminated: 1, truncated: 2, ascended: 4, fresh: 8 } as const;

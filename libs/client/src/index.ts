/** Talking with an arena's server: REST calls, the socket with its rooms. */
export { ApiError, ArenaClient } from './rest.ts';
export { connect, Connection, type ConnectionState, type RoomUse } from './connection.ts';
export { followSubmission, type FollowHandlers } from './follow.ts';

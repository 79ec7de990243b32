import { z } from 'zod';

/** A setting that is a whole number. */
export const whole = (least: number, most: number) => {
  const expected = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);
};

/** Proxies in front of the API: how many, or whose addresses. */
const proxies = z
  .string()
  .regex(
    /^(\d|[0-9a-fA-F:.]+(\/\d{1,3})?(,[0-9a-fA-F:.]+(\/\d{1,3})?)*)$/,
    'must be the number of proxies (0 to 9), or their addresses such as 10.0.0.2,10.1.0.0/16',
  )
  .transform((text) => (/^\d$/.test(text) ? Number(text) : text.split(',')));

/**
 * What one address may use of the server. A class or an office is one address: the numbers leave room for a few hundred people
 * behind it, and stop one program that sends as fast as it can. docs/OPERATING.md gives the reasons.
 */
export const LIMITS = {
  ARENA_TRUST_PROXY: proxies.default(0),
  ARENA_CONNECTIONS: whole(16, 1_000_000).default(16_384),
  ARENA_CONNECTIONS_PER_ADDRESS: whole(1, 1_000_000).default(4_096),
  ARENA_SOCKETS_PER_ADDRESS: whole(1, 1_000_000).default(2_048),
  ARENA_REQUESTS_PER_ADDRESS: whole(1, 10_000_000).default(6_000),
  ARENA_JOINS_PER_ADDRESS: whole(1, 10_000_000).default(4_000),
  ARENA_MESSAGES_PER_SOCKET: whole(1, 1_000_000).default(300),
  ARENA_UNREAD_BYTES_PER_SOCKET: whole(65_536, 2 ** 30).default(2 ** 20),
  ARENA_UNREAD_BYTES_PER_ADDRESS: whole(65_536, 2 ** 32).default(64 * 2 ** 20),
  ARENA_ANSWER_BYTES_PER_SECOND: whole(1, 2 ** 30).default(2_048),
  ARENA_ANSWER_WINDOW_SECONDS: whole(1, 3_600).default(30),
  ARENA_UPLOADS: whole(1, 10_000).default(64),
  ARENA_UPLOADS_PER_ADDRESS: whole(1, 10_000).default(16),
  ARENA_UPLOAD_BYTES_PER_SECOND: whole(1, 2 ** 30).default(8_192),
  ARENA_SUBMISSIONS_PER_ADDRESS: whole(1, 1_000_000).default(300),
  ARENA_SPOOL_BYTES: whole(1_024, 2 ** 40).default(2 ** 30),
  ARENA_SPOOL_DIR: z.string().min(1).optional(),
};
const schema = z.object(LIMITS);

export interface VisitorLimits {
  /** Number of proxies in front, or their addresses: then the sender is who they say. 0: whoever connects. */
  readonly trustProxy: number | readonly string[];
  /** Connections in all, and from one address. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Sockets (of socket.io) from one address. */
  readonly socketsPerAddress: number;
  /** In ten seconds. */
  readonly requestsPerAddress: number;
  readonly joinsPerAddress: number;
  readonly messagesPerSocket: number;
  /** A socket that leaves more than this unread is dropped. */
  readonly unreadBytesPerSocket: number;
  /** An address that leaves more of its answers unread is sent no others. */
  readonly unreadBytesPerAddress: number;
  /** An answer that is read more slowly, over each window, is cut off. */
  readonly answerBytesPerSecond: number;
  readonly answerWindowSeconds: number;
  /** Uploads that are received at the same time, in all and from one address. */
  readonly uploads: number;
  readonly uploadsPerAddress: number;
  /** An upload that is slower is refused. */
  readonly uploadBytesPerSecond: number;
  /** Agents that strangers may hand in in an hour where submissions are open. */
  readonly submissionsPerAddress: number;
  /** What uploads may take of the disk while they come in: all together, and a quarter of it from one address. */
  readonly spoolBytes: number;
  /** Where uploads are kept while they come in; null: the system's folder for temporary files. */
  readonly spoolDir: string | null;
}

export function visitorLimits(values: z.output<typeof schema>): VisitorLimits {
  return {
    trustProxy: values.ARENA_TRUST_PROXY,
    connections: values.ARENA_CONNECTIONS,
    connectionsPerAddress: values.ARENA_CONNECTIONS_PER_ADDRESS,
    socketsPerAddress: values.ARENA_SOCKETS_PER_ADDRESS,
    requestsPerAddress: values.ARENA_REQUESTS_PER_ADDRESS,
    joinsPerAddress: values.ARENA_JOINS_PER_ADDRESS,
    messagesPerSocket: values.ARENA_MESSAGES_PER_SOCKET,
    unreadBytesPerSocket: values.ARENA_UNREAD_BYTES_PER_SOCKET,
    unreadBytesPerAddress: values.ARENA_UNREAD_BYTES_PER_ADDRESS,
    answerBytesPerSecond: values.ARENA_ANSWER_BYTES_PER_SECOND,
    answerWindowSeconds: values.ARENA_ANSWER_WINDOW_SECONDS,
    uploads: values.ARENA_UPLOADS,
    uploadsPerAddress: values.ARENA_UPLOADS_PER_ADDRESS,
    uploadBytesPerSecond: values.ARENA_UPLOAD_BYTES_PER_SECOND,
    submissionsPerAddress: values.ARENA_SUBMISSIONS_PER_ADDRESS,
    spoolBytes: values.ARENA_SPOOL_BYTES,
    spoolDir: values.ARENA_SPOOL_DIR ?? null,
  };
}

export const DEFAULT_VISITOR_LIMITS: VisitorLimits = visitorLimits(schema.parse({}));

import type { Socket } from 'socket.io';

type Connection = Socket['conn'];
/** Of the transport `websocket`: the socket itself, with what it holds for who does not read. */
interface Raw {
  readonly bufferedAmount?: number;
  terminate?: () => void;
}
const rawOf = (connection: Connection): Raw | undefined =>
  (connection.transport as unknown as { socket?: Raw } | undefined)?.socket;

const sizeOf = (data: unknown): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.length : 0;

/** Bytes that were sent to a browser and that it has not taken. */
export function unreadBytes(connection: Connection): number {
  const { writeBuffer } = connection as unknown as { writeBuffer: readonly { data?: unknown }[] };
  const waiting = writeBuffer.reduce((sum, packet) => sum + sizeOf(packet.data), 0);
  return waiting + (rawOf(connection)?.bufferedAmount ?? 0);
}

/** Cuts a connection without waiting for its other end, which may never read the farewell. */
export function cut(connection: Connection): void {
  const raw = rawOf(connection);
  connection.close(true);
  raw?.terminate?.();
}

/**
 * Cuts a connection once it leaves more than `most` bytes unread. Twenty browsers that never read grew the API from 163 to
 * 491 MiB. Each new packet is a reason to look; it costs the length of the queue, which grows only for who does not read.
 */
export function dropSlowReader(connection: Connection, most: number, dropped: (bytes: number) => void): void {
  connection.on('packetCreate', () => {
    const bytes = unreadBytes(connection);
    if (bytes <= most || connection.readyState !== 'open') return;
    dropped(bytes);
    cut(connection);
  });
}

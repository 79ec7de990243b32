import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the database that can be shut: for those who LISTEN alone, or for everybody. */
export interface DatabaseGate {
  /** As the database's own, through the gate. */
  url: string;
  /** Cuts those it is for, and refuses them from now on. */
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

/** They name themselves in their first message, as every client of PostgreSQL does. */
const LISTENER = 'arena listener';

export async function openGate(databaseUrl: string, who: 'listeners' | 'all'): Promise<DatabaseGate> {
  const url = new URL(databaseUrl);
  const { hostname, port } = url;
  const sockets = new Set<Socket>();
  const held = new Set<Socket>();
  let shut = false;
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        for (const end of [near, far]) end.destroy();
      });
    }
    near.once('data', (first) => {
      if (who === 'all' || first.includes(LISTENER)) held.add(near);
      if (held.has(near) && shut) near.destroy();
      far.write(first);
      near.pipe(far);
      far.pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    shut: () => {
      shut = true;
      for (const socket of held) socket.destroy();
    },
    open: () => {
      shut = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

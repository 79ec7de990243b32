import { createServer } from 'node:net';

/**
 * A port of `host` (default: the loopback address) on which nobody listens: `preferred`, or else one of the kernel's choice.
 * Somebody may take it before the caller does, and then the caller's own start says so. Rejects where `host` cannot be
 * listened on at all.
 */
export async function freePort({ host = '127.0.0.1', preferred = 0 } = {}): Promise<number> {
  try {
    return await tryPort(host, preferred);
  } catch (error) {
    if (preferred === 0) throw error;
    return tryPort(host, 0);
  }
}

function tryPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  });
}

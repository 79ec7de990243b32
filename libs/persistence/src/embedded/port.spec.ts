import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './port.ts';

describe('freePort', () => {
  it('gives the preferred one while it is free, and another once it is taken', async () => {
    const preferred = await freePort();
    expect(await freePort({ preferred })).toBe(preferred);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(preferred, '127.0.0.1', resolve));
    try {
      expect((server.address() as AddressInfo).port).toBe(preferred);
      const other = await freePort({ preferred });
      expect(other).not.toBe(preferred);
      expect(other).toBeGreaterThan(0);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('says when the host is none of this machine', async () => {
    // 192.0.2.0/24 is kept for documentation: no machine has it.
    await expect(freePort({ host: '192.0.2.1', preferred: 50_000 })).rejects.toThrow(/EADDRNOTAVAIL/);
  });
});

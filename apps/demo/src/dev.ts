/** Reload while developing: the compiler watches the sources, Node the compiled files, Vite the website. */
import { join } from 'node:path';
import { root, type Config } from './config.ts';
import type { Arena } from './arena.ts';

/** Starts compiler and website beside API and worker, which Node restarts when their files change. */
export function startReload({ services, url }: Arena, config: Config): void {
  const bin = (path: string): string => join(root, 'node_modules', path);
  services.start({
    name: 'compiler',
    args: [bin('typescript/bin/tsc'), '-b', root, '--watch', '--preserveWatchOutput'],
    env: config.inherited,
  });
  services.start({
    name: 'website',
    args: [bin('vite/bin/vite.js'), join(root, 'apps', 'web'), '--port', String(config.devPort)],
    env: { ...config.inherited, ARENA_API_URL: url },
  });
  process.stderr.write(
    `✓ the website with reload on http://localhost:${config.devPort} (logs in ${join(config.work, 'logs')})\n`,
  );
}

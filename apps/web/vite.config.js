import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds the API. */
const API = process.env.ARENA_API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig(({ command }) => {
  // Whatever the shell says: React's development build, which NODE_ENV=test or development would give, runs every effect
  // twice and so reads everything twice.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [react()],
    resolve: {
      alias: {
        '@arena/nle-wasm/node': fileURLToPath(new URL('src/player/engine/no-disk.ts', import.meta.url)),
      },
    },
    build: { outDir: 'build', emptyOutDir: true, sourcemap: true, target: 'es2023' },
    worker: { format: 'es' },
    server: {
      // Another port than the one that was told would be looked for in vain.
      strictPort: true,
      proxy: {
        '/api': API,
        '/engine': API,
        '/socket.io': { target: API, ws: true },
      },
    },
  };
});

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds the API. */
const API = 'http://localhost:3000';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      '@arena/nle-wasm/node': fileURLToPath(new URL('src/player/engine/no-disk.ts', import.meta.url)),
    },
  },
  build: { outDir: 'build', emptyOutDir: true, sourcemap: true, target: 'es2023' },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': API,
      '/engine': API,
      '/socket.io': { target: API, ws: true },
    },
  },
});

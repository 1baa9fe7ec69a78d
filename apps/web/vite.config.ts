import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

/**
 * Nothing is inlined as `data:` and no script is written into the page: the server's policy is `default-src 'self'`.
 * In development the server that holds the clusters is `PORTOLAN_URL`, by default where `portolan demo` listens.
 */
export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023', reportCompressedSize: true },
  server: {
    proxy: {
      '/api': { target: loadEnv(mode, '.', 'PORTOLAN_').PORTOLAN_URL ?? 'http://127.0.0.1:8088' },
    },
  },
}));

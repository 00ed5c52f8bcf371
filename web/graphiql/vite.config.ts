import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  build: { outDir: '../../dist/graphiql', emptyOutDir: true, chunkSizeWarningLimit: 8000 },
  worker: { format: 'es' },
});

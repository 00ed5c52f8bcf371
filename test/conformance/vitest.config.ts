import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/**/*.conformance.ts'],
    globalSetup: ['test/support/server.setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
});

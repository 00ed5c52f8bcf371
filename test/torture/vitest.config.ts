import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/torture/*.torture.ts'],
    globalSetup: ['test/support/server.setup.ts'],
    testTimeout: 4 * 3_600_000,
    hookTimeout: 60_000,
  },
});

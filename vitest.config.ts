import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Apollo and type-graphql load graphql's CommonJS build; a bare ESM import in a test would load it twice.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    globalSetup: ['test/support/server.setup.ts'],
    // The default leaves one core idle, which on two cores is half of them.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'] } },
      // A metric's examples change nothing but their own database, and reading the contracts takes longer than they do:
      // one reading serves them all.
      { extends: true, test: { name: 'metrics', include: ['test/spec/**/*.spec.ts'], isolate: false } },
    ],
  },
});

import { defineConfig } from 'vitest/config'

export default defineConfig({
  // graphql ships an ESM and a CommonJS build; without this alias both get loaded and their classes are strangers to each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['test/kit/globalSetup.ts'],
    include: ['{hub,kernel,gateway,subgraphs,connectors,sandbox,commands,test}/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/load/**', 'node_modules/**', 'dist/**'],
    // Files of one worker share what they import: most of a run was loading the same modules again. Whatever a test begins it ends (test/kit/atEnd.ts).
    isolate: false,
    setupFiles: ['test/kit/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

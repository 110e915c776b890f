import { defineConfig } from 'vitest/config'

/** Tests that need a browser of the machine's (`chromium`) and the built hub. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})

import { defineConfig } from 'vitest/config'
import base from './vitest.config.js'

/** Tests that take minutes, because of how much happens in them. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/load/**/*.test.ts'], exclude: [], testTimeout: 300_000, hookTimeout: 60_000 },
})

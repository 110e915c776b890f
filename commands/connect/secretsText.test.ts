import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withSecrets } from './secretsText.js'

test('a secret is read as it was given, and given anew takes its place', () => {
  const once = withSecrets(null, { PBX_SECRET: "it's # a $ecret" })
  expect(parseEnv(once)).toEqual({ PBX_SECRET: "it's # a $ecret" })
  const again = withSecrets(`${once}OTHER=x\n`, { PBX_SECRET: 'b' })
  expect(parseEnv(again)).toEqual({ PBX_SECRET: 'b', OTHER: 'x' })
})

test('whatever a secret is, it is kept as it is or refused without being repeated', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'binary' }), secret => {
      try {
        expect(parseEnv(withSecrets(null, { S: secret }))).toEqual({ S: secret })
      } catch (error) {
        expect(String(error)).not.toContain(secret)
        expect(String(error)).toMatch(/set it in the environment/)
      }
    }),
  )
})

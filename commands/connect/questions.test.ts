import { expect, test } from 'vitest'
import { variableFor } from './questions.js'

test.each([
  ['pbx', 'secret', 'PBX_SECRET'],
  ['my-pbx.2', 'password', 'MY_PBX_2_PASSWORD'],
  ['fs', 'apiKey', 'FS_API_KEY'],
  ['1st', 'secret', 'HUB_1ST_SECRET'],
])('the secret of %s goes by a name that shells take', (id, setting, name) => {
  expect(variableFor(id, setting)).toBe(name)
})

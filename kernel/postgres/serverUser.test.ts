import { expect, test } from 'vitest'
import { parsePasswd } from './serverUser.js'

test('users are read with their numbers; root, comments and broken lines are left out', () => {
  const text =
    'root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n\n# no\nhalf:x:\n+@nis\n'
  expect(parsePasswd(text)).toEqual([{ name: 'postgres', uid: 101, gid: 104 }])
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readTls } from './readTls.js'

const folder = mkdtempSync(join(tmpdir(), 'hub-tls-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, name)

test('without them there is no TLS', async () => {
  expect(await readTls({ tlsCert: null, tlsKey: null })).toBeNull()
})

test('a file that cannot be read is named, with its setting and what to do', async () => {
  await expect(readTls({ tlsCert: file('none.pem'), tlsKey: file('none.pem') })).rejects.toThrow(
    `TLS_CERT: ${file('none.pem')} is not there. Correct the path.\nTLS_KEY: ${file('none.pem')} is not there. Correct the path.`,
  )
  await expect(readTls({ tlsCert: folder, tlsKey: folder })).rejects.toThrow('is a folder')
})

test('files that are no certificate and key are refused before anybody calls', async () => {
  writeFileSync(file('cert.pem'), 'no certificate')
  await expect(readTls({ tlsCert: file('cert.pem'), tlsKey: file('cert.pem') })).rejects.toThrow('Both must be PEM')
})

import { expect, it } from 'vitest'
import { fileOf } from './fileOf.js'

it.each([
  ['/var/spool/asterisk/monitor/2026/11/a.wav', '2026/11/a.wav'],
  ['/var/spool/asterisk/monitor//a b.wav', 'a b.wav'],
  // Asterisk was told another folder than the settings say.
  ['/var/var/spool/asterisk/monitor/a.wav', 'a.wav'],
  ['2026/a.wav', '2026/a.wav'],
  ['/var/spool/asterisk/monitor/../../../etc/passwd', null],
  ['../a.wav', null],
  ['..', null],
  ['', null],
  ['/', null],
  ['a\u0000.wav', null],
  ['a\n.wav', null],
  ['..\\a.wav', null],
  ['x'.repeat(2000), null],
])('%j lies at %j', (where, file) => {
  expect(fileOf(where, '/var/spool/asterisk/monitor')).toBe(file)
})

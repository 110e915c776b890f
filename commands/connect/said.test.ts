import { expect, test } from 'vitest'
import { saidIn } from './said.js'

test('options have their word behind them, after a sign or a space; alone they say yes', () => {
  const { words, said } = saidIn(['asterisk', '--config', '/etc/hub.yaml', '--trunks=a,b', '--dial', '--team', 'north'])
  expect(words).toEqual(['asterisk'])
  expect([...said]).toEqual([
    ['config', '/etc/hub.yaml'],
    ['trunks', 'a,b'],
    ['dial', 'yes'],
    ['team', 'north'],
  ])
})

test('what is said may be empty, or hold a sign', () => {
  expect([...saidIn(['--secret=a=b', '--people='].concat('--dial-number', '+8621')).said]).toEqual([
    ['secret', 'a=b'],
    ['people', ''],
    ['dial-number', '+8621'],
  ])
})
